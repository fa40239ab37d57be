// Papers are drawn by pdf.js (vendored); for those who do not see, the text of a page stands beside its picture.
const VENDOR = "/static/vendor/pdfjs-6.5.438/";

/** Begins to load a paper. The answer's `promise` is the document, its `destroy` lets go of it. */
export async function loadPdf(address) {
  const pdfjs = await import(`${VENDOR}pdf.min.js`);
  pdfjs.GlobalWorkerOptions.workerSrc = `${VENDOR}pdf.worker.min.js`;
  return pdfjs.getDocument({ url: address, wasmUrl: VENDOR, useWasm: false, isEvalSupported: false, enableXfa: false });
}

/** Begins to draw a page into a canvas, as sharp as the screen. */
export function drawPage(page, viewport, canvas) {
  const sharp = Math.min(devicePixelRatio || 1, 2);
  canvas.width = Math.floor(viewport.width * sharp);
  canvas.height = Math.floor(viewport.height * sharp);
  return page.render({ canvas, viewport, transform: [sharp, 0, 0, sharp, 0, 0] });
}

/** What a page says. */
export async function textOf(page) {
  const { items } = await page.getTextContent();
  return items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("") || "Diese Seite enthält keinen lesbaren Text.";
}
