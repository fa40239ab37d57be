// Files a paper without leaving the page: how far it has come is seen, it can be stopped, and a refusal leaves the form as
// it was filled in. Without this script the form is sent as it stands; the server says everything again.

/** Says before anything is sent that a file is too large or no PDF. */
export function checkUpload(form) {
  const field = form.elements.namedItem("datei");
  const file = field?.files?.[0];
  if (!file) return;
  const most = Number(form.dataset.upload);
  let why = "";
  if (file.size > most) why = `Die Datei ist zu groß: ${Math.ceil(file.size / 1e6)} MB, erlaubt sind ${Math.floor(most / 1e6)} MB.`;
  else if (file.type && file.type !== "application/pdf") why = "Das ist keine PDF-Datei.";
  field.setCustomValidity(why);
}

/** Sends the form, with a bar. */
export function sendUpload(form) {
  if ("busy" in form.dataset) return;
  form.dataset.busy = "";
  const [place, state] = [form.querySelector("[data-run]"), form.querySelector("[data-state]")];
  const [bar, stop] = [place.querySelector("progress"), place.querySelector("button")];
  const request = new XMLHttpRequest();
  const tell = (text, refused = false) => {
    state.textContent = text;
    state.classList.toggle("refusal", refused);
  };
  const end = (text) => {
    delete form.dataset.busy;
    place.hidden = true;
    stop.removeEventListener("click", cancel);
    removeEventListener("beforeunload", warn);
    if (text) tell(text, true);
  };
  const cancel = () => request.abort();
  const warn = (event) => event.preventDefault();
  request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
    if (!lengthComputable) return;
    bar.max = total;
    bar.value = loaded;
    tell(loaded < total ? `${Math.floor((100 * loaded) / total)} % hochgeladen` : "Hochgeladen. Die Datei wird geprüft …");
  };
  request.onload = () => {
    const answer = request.response ?? {};
    end(answer.weiter ? "" : (answer.reason ?? `Die Unterlage ist nicht abgelegt (Fehler ${request.status}). Bitte noch einmal.`));
    if (!answer.weiter) return;
    tell("Abgelegt.");
    // Often the same page; then it has to be asked for again, not only jumped in.
    if (new URL(answer.weiter, location.href).pathname === location.pathname) location.reload();
    else location.assign(answer.weiter);
  };
  request.onerror = () => end("Die Verbindung ist abgebrochen. Die Unterlage ist nicht abgelegt; bitte noch einmal.");
  request.onabort = () => end("Abgebrochen. Die Unterlage ist nicht abgelegt.");
  request.responseType = "json";
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  stop.addEventListener("click", cancel);
  addEventListener("beforeunload", warn);
  bar.removeAttribute("value");
  place.hidden = false;
  tell("Wird hochgeladen …");
  request.send(new FormData(form));
}
