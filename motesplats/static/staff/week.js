// Arrow keys walk through the week's cells, Escape closes what is open.
const week = document.querySelector(".week");
const ARROWS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

function lines() {
  return [...week.querySelectorAll("tr")].filter((row) => row.querySelector(".lane"));
}

function walk(event) {
  const here = event.target.closest?.(".lane a");
  const step = ARROWS[event.key];
  if (!here || !step) return;
  const rows = lines();
  const cell = here.closest("td");
  let [row, column] = [rows.indexOf(cell.parentElement), cell.cellIndex];
  do {
    row += step[0];
    column += step[1];
    const next = rows[row]?.cells[column]?.querySelector(".lane a");
    if (next) {
      event.preventDefault();
      return next.focus();
    }
  } while (rows[row]?.cells[column]);
}

week?.addEventListener("keydown", walk);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.getElementById("shut")?.click();
});
if (["#edit", "#on-day"].includes(location.hash)) document.querySelector(location.hash)?.focus();
const alert = document.querySelector("[role=alert]");
alert?.scrollIntoView({ block: "center" });
