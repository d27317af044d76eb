// Photos that are looked at: how far it is, seen always and heard every ten seconds; at the end, what came of it.
import { tell } from "./page.js";

const lesson = document.getElementById("lesson");
const progress = document.getElementById("lesson-progress");
const every = 1000, heardEvery = 10000;
let heardAt = Date.now(), isLeft = false;

async function look() {
  try {
    const answer = await fetch(lesson.dataset.progress, { cache: "no-store" });
    if (answer.ok && !answer.redirected) {
      const now = await answer.json();
      // Whoever has just stopped it is led on by that.
      if (!now.isLooking && !isLeft) {
        location.reload();
        return;
      }
      lesson.textContent = lesson.dataset.of.replace("{done}", now.done).replace("{all}", now.all);
      progress.value = now.done;
      if (Date.now() - heardAt >= heardEvery) {
        heardAt = Date.now();
        tell(lesson.textContent);
      }
    }
  } catch {
    // The program is being started again, or the network is gone: asked again.
  }
  if (!isLeft) setTimeout(look, every);
}

document.addEventListener("submit", () => { isLeft = true; });
setTimeout(look, every);
