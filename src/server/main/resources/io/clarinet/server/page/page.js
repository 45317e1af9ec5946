// What the page does: a picture comes, its classes are asked for, then where the first is seen.
import { send } from "./api.js";
import * as classes from "./classes.js";
import * as heat from "./heat.js";
import * as live from "./live.js";
import * as network from "./network.js";
import * as pad from "./pad.js";
import * as picture from "./picture.js";

const by = (id) => document.getElementById(id);
const select = by("model");
let models = [];
let current = null;
let lost = false;
let abort = new AbortController();

const model = () => models.find((m) => m.name === select.value);
const say = (text) => (by("said").textContent = text);

function trouble(error) {
  if (error?.name === "AbortError") {
    return;
  }
  by("trouble").textContent = error ? error.message : "";
  by("trouble").hidden = !error;
}

function showDrawing(on) {
  by("pad").hidden = by("pad-help").hidden = by("clear").hidden = !on;
  by("frame").hidden = on || !current;
  by("hint").hidden = on || Boolean(current);
  by("draw").setAttribute("aria-pressed", String(on));
}

function forget() {
  abort.abort();
  current = null;
  classes.show([]);
  by("nothing").hidden = false;
  by("key").hidden = true;
  by("took").textContent = "";
  heat.hide();
}

async function where(prediction) {
  const mine = current;
  if (!model()?.heatMaps || !by("heat-on").checked || !mine?.shown) {
    return;
  }
  mine.index = prediction.index;
  try {
    const map = await send("/v1/heatmap", { model: model().name, class: prediction.index }, mine.blob, abort.signal);
    if (current === mine && mine.index === prediction.index) {
      heat.draw(map);
      classes.mark(prediction.index);
      by("of").textContent = prediction.label;
      by("key").hidden = false;
    }
  } catch (e) {
    trouble(e);
  }
}

async function came(blob, name, drawn = false) {
  if (!model()?.pictures) {
    trouble(new Error((select.value || "The model") + " is no classifier of pictures."));
    return;
  }
  abort.abort();
  abort = new AbortController();
  const mine = { blob, shown: !drawn, index: null, predictions: [] };
  current = mine;
  if (!drawn) {
    heat.hide();
    picture.show(blob, name);
    showDrawing(false);
  }
  const begun = performance.now();
  try {
    const answer = await send("/v1/classify", { model: model().name, top: 5 }, blob, abort.signal);
    const { predictions, error } = answer.results[0];
    if (error) {
      throw new Error(error);
    }
    mine.predictions = predictions;
    by("took").textContent = live.digits(performance.now() - begun) + " ms there and back";
    by("nothing").hidden = true;
    by("key").hidden = true;
    classes.show(predictions, model().heatMaps && mine.shown ? choose : null);
    say(classes.sentence(predictions));
    trouble(null);
    await where(predictions[0]);
  } catch (e) {
    trouble(e);
  }
}

function choose(prediction) {
  by("heat-on").checked = true;
  where(prediction);
}

function fit() {
  const chosen = model();
  by("device").textContent = chosen?.device ?? "";
  by("device").hidden = !chosen?.device;
  by("draw").hidden = by("samples").hidden = !chosen?.characters;
  by("heat-switch").hidden = !chosen?.heatMaps;
  by("choose").disabled = by("measure").disabled = !chosen?.ready;
}

function listed(list, error) {
  if (error) {
    lost = true;
    trouble(error);
    return;
  }
  if (lost) {
    lost = false;
    trouble(null);
  }
  const before = models.map((m) => m.name + m.ready).join();
  models = list;
  if (before !== list.map((m) => m.name + m.ready).join()) {
    const chosen = select.value;
    select.replaceChildren(
      ...list.map((m) => {
        const option = new Option(m.ready ? m.name : m.name + " (" + m.reason + ")", m.name);
        option.disabled = !m.ready;
        return option;
      }),
    );
    select.value = list.some((m) => m.name === chosen) ? chosen : (list.find((m) => m.ready)?.name ?? "");
    fit();
  }
}

select.addEventListener("change", () => {
  forget();
  network.clear();
  by("shown").removeAttribute("src");
  showDrawing(false);
  fit();
});
by("heat-on").addEventListener("change", () => {
  const shown = current?.predictions.find((p) => p.index === current.index) ?? current?.predictions[0];
  if (by("heat-on").checked && shown) {
    where(shown);
  } else {
    heat.hide();
    classes.mark(null);
    by("key").hidden = true;
  }
});
by("draw").addEventListener("click", () => {
  forget();
  pad.clear();
  showDrawing(by("draw").getAttribute("aria-pressed") === "false");
  by("pad").focus();
});
by("clear").addEventListener("click", () => {
  forget();
  pad.clear();
  by("pad").focus();
});
by("measure").addEventListener("click", async () => {
  by("measure").disabled = true;
  try {
    await network.show(select.value);
    trouble(null);
  } catch (e) {
    trouble(e);
  }
  by("measure").disabled = false;
});
picture.listen(came);
picture.samples(came);
pad.listen((blob) => came(blob, "your drawing", true), say);
heat.drawScale(by("scale"));
live.watch(() => select.value, listed);
