// Says before anything is sent that a file is too large or no PDF. The server says it again.
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
