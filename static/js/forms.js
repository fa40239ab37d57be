// Sends forms without leaving the page. Without this script they work as they stand.
// The server answers JSON: {"text": "…", "kennung": "…", "weiter": "/…"?} or, refused, {"reason": "…", "paragraph": "…",
// "kennung": "…"} with a status of 4xx. While no answer arrives, the same command is asked again under the same id, so
// that it cannot happen twice.
import { say } from "./live.js";

const TRIES = 4;
const PATIENCE_MS = 6000;

/** Takes over every form marked `data-act`, also those that come later. */
export function enhanceForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-act]");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.busy === undefined) submit(form, event.submitter);
  });
}

async function submit(form, button) {
  const body = new URLSearchParams(new FormData(form, button ?? undefined));
  const spent = form.elements.namedItem("kennung")?.value;
  form.dataset.busy = "";
  button?.setAttribute("aria-busy", "true");
  form.querySelector(".refusal")?.remove();
  try {
    const answer = await ask(form.action, body);
    if (answer.weiter) return location.assign(answer.weiter);
    renew(form, spent, answer.kennung);
    if (answer.reason) return refuse(form, button, answer);
    form.reset(); // what was typed has been taken
    if (answer.text) say(answer.text);
  } catch {
    refuse(form, button, { reason: "Es kam keine Antwort. Ob es angekommen ist, steht noch nicht fest. Bitte drücken Sie noch einmal: Doppelt geschieht dabei nichts." });
  } finally {
    delete form.dataset.busy;
    button?.removeAttribute("aria-busy");
  }
}

async function ask(address, body) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE_MS) });
      if (response.status === 401) return { weiter: `/anmelden?weiter=${encodeURIComponent(location.pathname)}` };
      const answered = response.status < 500 && response.status !== 429;
      if (!answered) throw new Error(`status ${response.status}`);
      if (response.headers.get("Content-Type")?.includes("json")) return await response.json();
      return { reason: `Der Server hat die Eingabe nicht angenommen (Fehler ${response.status}). Bitte laden Sie die Seite neu.` };
    } catch (error) {
      if (attempt === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 400 * 2 ** attempt));
    }
  }
}

/** An answered command is over: the next press is another one. */
function renew(form, spent, fresh) {
  const field = form.elements.namedItem("kennung");
  if (field && fresh && field.value === spent) field.value = fresh;
}

function refuse(form, button, { reason, paragraph }) {
  const place = button?.id ? (document.getElementById(button.id)?.closest("form") ?? form) : form;
  const note = document.createElement("p");
  note.className = "refusal";
  note.setAttribute("role", "alert");
  if (button?.id) note.dataset.of = button.id;
  note.append(reason);
  if (paragraph) {
    const law = document.createElement("span");
    law.className = "why__law";
    law.textContent = paragraph;
    note.append(" ", law);
  }
  place.append(note);
}
