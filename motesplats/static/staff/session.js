// Shows a notice five minutes before the session ends, and another once it has ended.
const notice = document.getElementById("session");
const [soon, ended] = [notice.querySelector("[data-soon]"), notice.querySelector("[data-ended]")];
const WARN_BEFORE = 300; // seconds

async function look() {
  let left;
  try {
    left = (await (await fetch(notice.dataset.left)).json()).left;
  } catch {
    return setTimeout(look, 60000); // no connection now
  }
  soon.hidden = left === 0 || left > WARN_BEFORE;
  ended.hidden = left > 0;
  if (left > 0) setTimeout(look, 1000 * (left > WARN_BEFORE ? left - WARN_BEFORE : Math.min(left, 15) + 1));
}

soon.addEventListener("submit", async (event) => {
  event.preventDefault();
  await fetch(soon.action, { method: "POST", body: new FormData(soon) });
  look();
});
document.addEventListener("visibilitychange", () => document.hidden || look());
look();
