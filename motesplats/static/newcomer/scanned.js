// The letter's QR code brings the paper code behind "#", which no browser sends. Take it out of the address and the
// history, and put it into the form; a day that is open without the code is opened again with it.
"use strict";
const scanned = decodeURIComponent(location.hash.slice(1));
const field = document.getElementById("scanned");
if (location.hash) history.replaceState(null, "", location.pathname + location.search);
if (field && /^[\w -]{1,40}$/.test(scanned)) {
  field.value = scanned;
  if (field.form.id === "with-code") field.form.submit();
}
