// Rates of the chosen model, from the differences of its counts.
import { request } from "./api.js";

const SECONDS = 60;
const WIDTH = 240;
const HEIGHT = 48;
const history = new Map();

function text(id, value) {
  document.getElementById(id).textContent = value;
}

function rates(before, after, seconds) {
  const answered = after.answered - before.answered;
  const batches = after.batches - before.batches;
  return {
    rate: answered / seconds,
    time: answered ? (after.milliseconds - before.milliseconds) / answered : null,
    batch: batches ? (after.items - before.items) / batches : null,
  };
}

function element(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  return made;
}

/** Values, each that is missing as the one before it. */
function filled(values) {
  let last = 0;
  return values.map((v) => (last = v ?? last));
}

function plot(id, given) {
  const values = filled(given);
  const most = Math.max(1e-9, ...values);
  const step = WIDTH / (SECONDS - 1);
  const first = SECONDS - values.length;
  const points = values.map((v, i) => [(first + i) * step, HEIGHT - 2 - (v / most) * (HEIGHT - 6)]);
  const path = points.map((p) => p.map((v) => v.toFixed(1)).join(",")).join(" ");
  const svg = document.getElementById(id);
  svg.replaceChildren();
  if (points.length > 1) {
    const start = points[0][0].toFixed(1);
    svg.append(element("polygon", { class: "under", points: start + "," + HEIGHT + " " + path + " " + WIDTH + "," + HEIGHT }));
    svg.append(element("polyline", { class: "line", points: path }));
  }
}

/** A number with about three digits. */
export function digits(value) {
  if (value < 0.1) {
    return value < 0.0005 ? "0" : value.toFixed(3);
  }
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function show(model) {
  const past = history.get(model.name).rates;
  const now = past.at(-1) ?? { rate: 0, time: null, batch: null };
  const last = (key) => past.map((r) => r[key]).filter((v) => v !== null).at(-1);
  text("rate", digits(now.rate));
  text("time", last("time") === undefined ? "–" : digits(last("time")) + " ms");
  text("batch", last("batch") === undefined ? "–" : digits(last("batch")));
  plot("rate-line", past.map((r) => r.rate));
  plot("time-line", past.map((r) => r.time));
  plot("batch-line", past.map((r) => r.batch));
  const counts = model.counts;
  const most = model.largestBatch ? ", batches of up to " + model.largestBatch : "";
  text("totals", counts.answered + " requests answered, " + counts.failed + " failed, " + counts.waiting + " waiting" + most + ".");
}

function note(model) {
  const now = performance.now() / 1000;
  const known = history.get(model.name);
  const fresh = !known || known.counts.answered > model.counts.answered;
  const past = fresh ? [] : known.rates;
  if (!fresh) {
    past.push(rates(known.counts, model.counts, now - known.at));
    past.splice(0, past.length - SECONDS);
  }
  history.set(model.name, { at: now, counts: model.counts, rates: past });
}

/** Asks for the models every second while the page is seen; calls back with each list. */
export async function watch(chosen, came) {
  let first = true;
  for (;;) {
    if (first || document.visibilityState === "visible") {
      try {
        const { models } = await request("/v1/models");
        models.filter((m) => m.ready).forEach(note);
        came(models, null);
        const model = models.find((m) => m.name === chosen() && m.ready);
        if (model) {
          show(model);
        }
      } catch (e) {
        came(null, e);
      }
      first = false;
    }
    await new Promise((done) => setTimeout(done, 1000));
  }
}
