// The network as a picture: a block for each layer, and a table of the same.
import { request } from "./api.js";
import { digits } from "./live.js";

const KINDS = [
  ["conv", "Convolutions", /conv/i],
  ["pool", "Poolings", /pool|reduce/i],
  ["dense", "Dense layers and products", /dense|matmul|gemm/i],
  ["move", "Moves and reorders", /reorder|reshape|transpose|concat|slice|pad|copy|join|view/i],
  ["other", "All others", /./],
];
const HEIGHT = 100;
const SVG = "http://www.w3.org/2000/svg";

function kind(layer) {
  return KINDS.find(([, , pattern]) => pattern.test(layer.op))[0];
}

/** The extents that an output such as "1x64x56x56 NCHW16c" begins with. */
function extents(layer) {
  return (/^[0-9x]+/.exec(layer.output)?.[0] ?? "").split("x").map(Number);
}

/** The extents of one item, for people. */
function shape(layer) {
  const dims = extents(layer);
  return (dims.length > 1 && dims[0] === 1 ? dims.slice(1) : dims).join(" × ");
}

function side(layer) {
  const dims = extents(layer);
  return dims.length === 4 ? Math.max(dims[2], 1) : 1;
}

function words(layer) {
  return layer.name + ": " + layer.op + ", " + shape(layer) + ", " + digits(layer.milliseconds) + " ms";
}

function blocks(layers, whole) {
  const svg = document.createElementNS(SVG, "svg");
  const sum = layers.reduce((total, layer) => total + layer.milliseconds, 0) || 1;
  const largest = Math.log2(1 + Math.max(...layers.map(side)));
  svg.setAttribute("viewBox", "0 0 1000 " + HEIGHT);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", layers.length + " layers in " + digits(whole) + " ms; the table below has each");
  let x = 0;
  layers.forEach((layer, i) => {
    const rect = document.createElementNS(SVG, "rect");
    const width = (1000 * layer.milliseconds) / sum;
    const height = 12 + (HEIGHT - 12) * (Math.log2(1 + side(layer)) / largest);
    const title = document.createElementNS(SVG, "title");
    title.textContent = words(layer);
    rect.setAttribute("x", x.toFixed(2));
    rect.setAttribute("y", ((HEIGHT - height) / 2).toFixed(2));
    rect.setAttribute("width", width.toFixed(2));
    rect.setAttribute("height", height.toFixed(2));
    rect.setAttribute("class", kind(layer));
    rect.dataset.layer = i;
    rect.append(title);
    svg.append(rect);
    x += width;
  });
  return svg;
}

function cell(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className ?? "";
  return made;
}

function table(layers) {
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  const most = Math.max(...layers.map((l) => l.milliseconds)) || 1;
  for (const [text, className] of [["Layer"], ["Operator", "roomy"], ["Output"], ["Kernel", "roomy"], ["ms", "number"]]) {
    const th = cell("th", text, className);
    th.scope = "col";
    head.append(th);
  }
  const body = made.createTBody();
  layers.forEach((layer, i) => {
    const row = body.insertRow();
    const name = cell("th", layer.name);
    const time = cell("td", digits(layer.milliseconds), "number");
    const bar = cell("span", "", "mini " + kind(layer));
    name.scope = "row";
    bar.style.width = (100 * layer.milliseconds) / most + "%";
    time.append(bar);
    const where = layer.where === "host" ? " (on the host)" : "";
    row.append(name, cell("td", layer.op, "roomy"), cell("td", shape(layer), "shape"), cell("td", layer.kernel + where, "roomy"), time);
    const light = (on) => document.querySelector('#blocks rect[data-layer="' + i + '"]')?.classList.toggle("lit", on);
    row.addEventListener("pointerenter", () => light(true));
    row.addEventListener("pointerleave", () => light(false));
  });
  return made;
}

function legend(layers) {
  const present = KINDS.filter(([name]) => layers.some((layer) => kind(layer) === name));
  return present.map(([name, title]) => {
    const item = document.createElement("li");
    const time = layers.filter((l) => kind(l) === name).reduce((sum, l) => sum + l.milliseconds, 0);
    item.append(cell("span", "", name), title + ", " + digits(time) + " ms");
    return item;
  });
}

/** Measures a model's layers and shows them. */
export async function show(model) {
  const found = await request("/v1/models/" + encodeURIComponent(model) + "/layers");
  document.getElementById("blocks").replaceChildren(blocks(found.layers, found.milliseconds));
  document.getElementById("kinds").replaceChildren(...legend(found.layers));
  document.getElementById("layers").replaceChildren(table(found.layers));
  document.getElementById("layers").hidden = false;
  document.getElementById("network-note").textContent =
    found.layers.length + " steps on " + found.device + ", " + digits(found.milliseconds) +
    " ms for one item with copies and gaps. Each block is as wide as its time, and as high as its picture is large.";
}

/** Shows nothing, for another model. */
export function clear() {
  for (const id of ["blocks", "kinds", "layers"]) {
    document.getElementById(id).replaceChildren();
  }
  document.getElementById("layers").hidden = true;
}
