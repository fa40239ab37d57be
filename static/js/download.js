// Minutes and evidence are made when they are asked for, which takes a moment: it is seen that they are, and what goes wrong
// is said in place. Without this script the link is a plain one.

/** Fetches what a link marked `data-made` leads to, and hands it over as a file. */
export async function fetchMade(link) {
  if (link.getAttribute("aria-busy")) return;
  const place = link.closest("li, p");
  place.querySelector(".making")?.remove();
  const making = element("div", "making");
  const [bar, state] = [element("progress", ""), element("p", "making__state")];
  bar.setAttribute("aria-label", "Fortschritt");
  state.setAttribute("role", "status");
  making.append(bar, state);
  place.append(making);
  link.setAttribute("aria-busy", "true");
  state.textContent = "Die Datei wird erstellt …";
  try {
    const response = await fetch(link.href);
    if (!response.ok || response.redirected) throw new Error(`status ${response.status}`);
    const total = Number(response.headers.get("Content-Length"));
    const pieces = [];
    let loaded = 0;
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
      loaded += value.length;
      if (total >= loaded) [bar.max, bar.value] = [total, loaded];
      state.textContent = `${Math.ceil(loaded / 1000)} kB geladen`;
    }
    const named = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "");
    const file = element("a", "");
    file.href = URL.createObjectURL(new Blob(pieces, { type: response.headers.get("Content-Type") ?? "" }));
    file.download = named?.[1] ?? "";
    file.click();
    setTimeout(() => URL.revokeObjectURL(file.href), 60_000);
    bar.remove();
    state.textContent = "Die Datei liegt bei Ihren Downloads.";
  } catch (error) {
    bar.remove();
    state.classList.add("refusal");
    state.textContent = "Die Datei ist gerade nicht zu haben. Bitte gleich noch einmal versuchen.";
    console.error(error);
  } finally {
    link.removeAttribute("aria-busy");
  }
}

function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
