// A build as it goes on: the step is heard when it changes, the log grows where whoever wants it reads it.
import { tell } from "./page.js";

const build = document.getElementById("build");
const step = document.getElementById("build-step");
const progress = document.getElementById("build-progress");
const log = document.getElementById("build-log");
const root = new URL("..", import.meta.url);
const every = 2000;
let told = Number(build.dataset.from);

async function look() {
  try {
    const answer = await fetch(new URL(`model/progress?after=${told}`, root), { cache: "no-store" });
    // Whoever was logged out meanwhile is led to the login by the next click.
    if (answer.ok && !answer.redirected) {
      const now = await answer.json();
      told = now.told;
      for (const line of now.lines) log?.append(Object.assign(document.createElement("li"), { textContent: line }));
      if (step.textContent !== now.step) {
        step.textContent = now.step;
        tell(now.step);
      }
      [progress.max, progress.value] = [now.most, now.value];
      if (!now.isRunning) {
        // What has the focus stays: the page that shows the outcome is opened by whoever wants it.
        document.getElementById("build-over").hidden = false;
        document.getElementById("build-cancel").hidden = true;
        progress.hidden = true;
        build.dataset.running = "false";
        return;
      }
    }
  } catch {
    // The program is being started again, or the network is gone: asked again.
  }
  setTimeout(look, every);
}

setTimeout(look, every);
