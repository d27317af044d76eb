// The page of the door as it stands now: the live picture, drawn one after another and never queued, and the facts as they change.
import { tell } from "./page.js";

const live = document.getElementById("live");
const still = document.getElementById("live-picture");
const state = document.querySelector("[data-fact=state]");
const pause = document.getElementById("pause");
const canvas = document.createElement("canvas");
const paper = canvas.getContext("2d");
let isPaused = matchMedia("(prefers-reduced-motion: reduce)").matches;
let events = null;
let isDrawing = false;
// Without news from the program for so long, whoever looks or listens is told; until then it may just be slow.
const patience = 6000, every = 4000;
let lost = 0, again = 0, isLost = false, isFirst = true;

// The page may lie under a path of somebody else's server; its scripts lie one below its root.
const root = new URL("..", import.meta.url);
const isWatching = () => !isPaused && !document.hidden;

function draw(picture, faces) {
  if (canvas.width !== picture.width || canvas.height !== picture.height) [canvas.width, canvas.height] = [picture.width, picture.height];
  paper.drawImage(picture, 0, 0);
  // A dark line around a light one is seen on any picture.
  for (const [x, y, width, height] of faces) {
    for (const [colour, thickness] of [["#000", 4], ["#fff", 2]]) {
      paper.strokeStyle = colour;
      paper.lineWidth = thickness;
      paper.strokeRect(x, y, width, height);
    }
  }
}

async function keepDrawing() {
  if (isDrawing) return;
  isDrawing = true;
  let number = 0;
  while (isWatching()) {
    try {
      const answer = await fetch(new URL(`now/picture?after=${number}`, root), { cache: "no-store" });
      if (answer.status === 200) {
        const picture = await createImageBitmap(await answer.blob());
        number = Number(answer.headers.get("X-Picture"));
        const faces = (answer.headers.get("X-Faces") ?? "").split(";").filter(Boolean).map((face) => face.split(" ").map(Number));
        draw(picture, faces);
        if (!canvas.isConnected) {
          canvas.setAttribute("role", "img");
          canvas.setAttribute("aria-label", state.textContent);
          still.replaceWith(canvas);
        }
        document.querySelector("[data-fact=frame]").textContent = live.dataset.taken.replace("{time}", answer.headers.get("X-Time"));
        live.dataset.drawn = String(number);
      } else if (answer.status !== 204) await rest();
    } catch {
      await rest();
    }
  }
  isDrawing = false;
}

const rest = () => new Promise((done) => setTimeout(done, 2000));

function listen() {
  clearTimeout(again);
  events?.close();
  events = new EventSource(new URL(`now/events?watch=${isWatching()}`, root));
  events.onopen = () => { isFirst = true; };
  events.onerror = () => {
    // The program is started again, or the network is gone. The browser asks again by itself, unless it was told no.
    if (events.readyState === EventSource.CLOSED) again = setTimeout(listen, every);
    lost ||= setTimeout(() => {
      isLost = true;
      state.textContent = live.dataset.lost;
      canvas.setAttribute("aria-label", live.dataset.lost);
      tell(live.dataset.lost);
    }, patience);
  };
  events.onmessage = (event) => {
    const news = JSON.parse(event.data);
    clearTimeout(lost);
    lost = 0;
    // What happened while nobody listened is not told again: how it stands now is.
    const missed = isFirst && news.facts.state !== state.textContent && news.facts.state;
    const sentences = [isLost && live.dataset.found, news.said || missed].filter(Boolean);
    if (sentences.length > 0) tell(sentences.join(" "));
    isFirst = isLost = false;
    for (const [name, words] of Object.entries(news.facts)) {
      const place = document.querySelector(`[data-fact="${name}"]`);
      if (place && name !== "frame" && place.textContent !== words) place.textContent = words;
    }
    canvas.setAttribute("aria-label", news.facts.state);
  };
}

function show() {
  pause.textContent = isPaused ? live.dataset.goOn : live.dataset.pause;
  listen();
  keepDrawing();
}

pause.hidden = false;
pause.addEventListener("click", () => {
  isPaused = !isPaused;
  show();
});
document.addEventListener("visibilitychange", show);
addEventListener("pagehide", () => {
  events?.close();
  clearTimeout(lost);
});
show();
