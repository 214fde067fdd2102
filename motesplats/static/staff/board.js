// Keeps a board fresh while it is open, lets arrow keys walk through its meetings, and prints it.
const live = document.getElementById("live");
const said = document.getElementById("board-said");
const EVERY = 15000; // milliseconds
let [tag, isGone] = ["", false];

async function ask() {
  let answer;
  try {
    answer = await fetch(live.dataset.live, { headers: tag ? { "If-None-Match": tag } : {}, redirect: "manual", cache: "no-store" });
  } catch {
    return gone(true);
  }
  if (answer.status === 304) return gone(false);
  if (!answer.ok) return gone(true);
  const isFirst = !tag;
  tag = answer.headers.get("ETag") || "";
  const text = await answer.text();
  gone(false);
  if (!isFirst || text.trim() !== live.innerHTML.trim()) show(text);
}

function show(text) {
  const kept = document.activeElement?.dataset?.stop;
  const left = live.querySelector(".frame")?.scrollLeft;
  const open = live.querySelector("details[open]") !== null;
  live.innerHTML = text;
  if (left) live.querySelector(".frame").scrollLeft = left;
  if (open) live.querySelector("details")?.setAttribute("open", "");
  rove(kept);
}

function gone(now) {
  if (now !== isGone) said.textContent = now ? live.dataset.gone : "";
  isGone = now;
  live.classList.toggle("gone", now);
  const clock = live.querySelector("[data-updated]");
  if (clock && !now) clock.textContent = new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Stockholm" });
}

function rove(kept) {
  const stops = [...live.querySelectorAll("[data-stop]")];
  const found = stops.find((stop) => stop.dataset.stop === kept);
  stops.forEach((stop) => (stop.tabIndex = -1));
  if (stops.length) (found || stops[0]).tabIndex = 0;
  found?.focus({ preventScroll: true });
}

function walk(event) {
  const here = event.target.closest?.("[data-stop]");
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!here || !step) return;
  const lanes = [...live.querySelectorAll(".lane")].map((lane) => [...lane.querySelectorAll("[data-stop]")]).filter((lane) => lane.length);
  const row = lanes.findIndex((lane) => lane.includes(here));
  const sideways = event.key === "ArrowRight" || event.key === "ArrowLeft";
  const next = sideways ? lanes[row][lanes[row].indexOf(here) + step] : nearest(lanes[row + step], here);
  if (!next) return;
  event.preventDefault();
  here.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function nearest(lane, here) {
  const middle = (one) => one.getBoundingClientRect().x + one.offsetWidth / 2;
  return lane?.reduce((best, one) => (Math.abs(middle(one) - middle(here)) < Math.abs(middle(best) - middle(here)) ? one : best));
}

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
live.addEventListener("keydown", walk);
rove();
if (location.hash === "#stop") document.getElementById("stop")?.focus();
if (live.dataset.live) setInterval(() => document.hidden || ask(), EVERY);
document.addEventListener("visibilitychange", () => document.hidden || (live.dataset.live && ask()));
