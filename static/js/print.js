// The one button of a page that is made to be printed.
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());
