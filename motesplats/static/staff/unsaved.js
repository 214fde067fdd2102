// Asks before a half-typed form is left: one with data-unsaved, from the first key on, or at once if it came back typed.
"use strict";

const FORM = "form[data-unsaved]";
let isTyped = document.querySelector('form[data-unsaved="typed"]') !== null;

document.addEventListener("input", (event) => {
  if (event.target.form && event.target.form.matches(FORM)) isTyped = true;
});

document.addEventListener("submit", (event) => {
  if (event.target.matches(FORM)) isTyped = false;
});

window.addEventListener("beforeunload", (event) => {
  if (isTyped) event.preventDefault();
});
