// The line that prints the day stands only where this runs; what is folded in is printed too.
"use strict";
const line = document.getElementById("print");
line.hidden = false;
line.addEventListener("click", () => print());
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("main details:not([open])")];
  folded.forEach((one) => { one.open = true; });
});
addEventListener("afterprint", () => folded.forEach((one) => { one.open = false; }));
