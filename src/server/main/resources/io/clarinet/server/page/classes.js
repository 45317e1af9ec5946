// The most probable classes as bars; each is a button that shows where it is seen.
const list = document.getElementById("classes");

function part(name, text) {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text ?? "";
  return span;
}

function row(prediction, choose) {
  const box = document.createElement(choose ? "button" : "div");
  const percent = (100 * prediction.probability).toFixed(1) + " %";
  const track = part("track");
  const fill = part("fill");
  fill.style.width = Math.max(0.4, 100 * prediction.probability) + "%";
  track.append(fill);
  box.className = "class";
  box.append(part("name", prediction.label), part("share", percent), track);
  if (choose) {
    box.type = "button";
    box.setAttribute("aria-pressed", "false");
    box.dataset.index = prediction.index;
    box.title = "Show where";
    box.addEventListener("click", () => choose(prediction));
  }
  const item = document.createElement("li");
  item.append(box);
  return item;
}

/** Shows predictions; choose is called with the one that is chosen, if they can be. */
export function show(predictions, choose) {
  list.replaceChildren(...predictions.map((prediction) => row(prediction, choose)));
}

/** Marks the class whose heat map is shown; none for null. */
export function mark(index) {
  for (const button of list.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(index !== null && Number(button.dataset.index) === index));
  }
}

/** The predictions in a sentence. */
export function sentence(predictions) {
  const named = predictions
    .slice(0, 3)
    .map((p) => p.label + " " + (100 * p.probability).toFixed(0) + " per cent");
  return "It sees " + named.join(", ") + ".";
}
