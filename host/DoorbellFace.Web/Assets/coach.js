// Somebody is being enrolled at the door: each sentence of the coach is seen and heard here as well.
import { tell } from "./page.js";

const coach = document.getElementById("coach");
const root = new URL("..", import.meta.url);
const every = 1000;
let told = Number(coach.dataset.told);
let isLeft = false;

async function look() {
  try {
    const answer = await fetch(new URL(`people/door/progress?after=${told}`, root), { cache: "no-store" });
    if (answer.ok && !answer.redirected) {
      const now = await answer.json();
      told += now.lines.length;
      if (now.lines.length > 0) {
        coach.textContent = now.lines.at(-1);
        tell(coach.textContent, coach.lang);
      }
      // Whoever has just stopped it is led on by that.
      if (now.isOver && !isLeft) {
        location.reload();
        return;
      }
    }
  } catch {
    // The program is being started again, or the network is gone: asked again.
  }
  if (!isLeft) setTimeout(look, every);
}

document.addEventListener("submit", () => { isLeft = true; });
setTimeout(look, every);
