// Prints a day report; adds it up while it is typed, and says what differs from the check-ins. The server says both again.
"use strict";

const printer = document.querySelector("[data-print]");
printer.hidden = false;
printer.addEventListener("click", () => window.print());

const form = document.querySelector("form[data-day]");
const inputs = form ? [...form.querySelectorAll("input[data-part]")] : [];
const differences = form && form.querySelector("[data-differences]");

const number = (input) => Number.parseInt(input.value.trim() || "0", 10) || 0;

// Of several tracks the tables of each count, else the one of all; a table that is not shown does not.
const chosen = () => (form.querySelector("[name=track]:checked") || {}).value;
function counts(input) {
  if (input.closest(".of-track")) return chosen() === "several";
  if (input.closest(".of-all")) return chosen() !== "several";
  return !input.closest(".apart") || chosen() === "apart";
}

// A number counts in its dimension and in each part that it is of: "sex_age F 0-17".
function sums() {
  const found = {};
  for (const input of inputs.filter(counts)) {
    for (const part of input.dataset.part.split(" ")) found[part] = (found[part] || 0) + number(input);
  }
  return found;
}

function mark(input) {
  const differs = "counted" in input.dataset && number(input) !== Number(input.dataset.counted);
  input.closest("td").classList.toggle("changed", differs);
  return differs;
}

function say() {
  const found = sums();
  for (const place of form.querySelectorAll("[data-total]")) {
    const sum = found[place.dataset.total] || 0;
    place.textContent = sum;
    const agrees = place.closest("[data-agrees]");
    if (agrees) agrees.classList.toggle("differs", sum !== found.sex_age);
  }
  const told = inputs.filter(counts).filter(mark).map((one) => `${one.getAttribute("aria-label")} ${one.dataset.counted} → ${number(one)}`);
  if (differences) differences.textContent = told.join("; ") || differences.dataset.nothing;
}

if (form) {
  form.addEventListener("input", say);
  say();
}
