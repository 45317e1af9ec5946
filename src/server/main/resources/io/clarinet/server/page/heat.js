// Heat maps over the picture, in the colours of the library: a helix in OKLab (Björn Ottosson, 2020).
const canvas = document.getElementById("heat");
const frame = document.getElementById("frame");
const CELL = 16;
const OPAQUE = 0.75;

function sample(linear) {
  const v = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
}

/** The sRGB colour of a strength between 0 and 1. */
export function colour(strength) {
  const lightness = 0.4 + 0.52 * strength;
  const hue = ((310 + 160 * strength) * Math.PI) / 180;
  const a = 0.165 * Math.cos(hue);
  const b = 0.165 * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    sample(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    sample(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    sample(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function between(map, x, y) {
  const rows = map.length;
  const columns = map[0].length;
  const u = Math.min(columns - 1, Math.max(0, x * columns - 0.5));
  const v = Math.min(rows - 1, Math.max(0, y * rows - 0.5));
  const left = Math.floor(u);
  const top = Math.floor(v);
  const along = (row) => row[left] + (row[Math.min(left + 1, columns - 1)] - row[left]) * (u - left);
  const above = along(map[top]);
  return above + (along(map[Math.min(top + 1, rows - 1)]) - above) * (v - top);
}

/** Draws an answer of /v1/heatmap over the picture, over the part that the network saw. */
export function draw({ map, area, picture }) {
  const most = Math.max(...map.flat());
  const strengths = map.map((row) => row.map((value) => (most > 0 ? Math.max(0, value / most) : 0)));
  canvas.width = CELL * map[0].length;
  canvas.height = CELL * map.length;
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  for (let y = 0, at = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++, at += 4) {
      const strength = between(strengths, (x + 0.5) / canvas.width, (y + 0.5) / canvas.height);
      image.data.set(colour(strength), at);
      image.data[at + 3] = Math.round(255 * OPAQUE * strength);
    }
  }
  context.putImageData(image, 0, 0);
  canvas.style.left = (100 * area.left) / picture.width + "%";
  canvas.style.top = (100 * area.top) / picture.height + "%";
  canvas.style.width = (100 * area.width) / picture.width + "%";
  canvas.style.height = (100 * area.height) / picture.height + "%";
  frame.classList.add("hot");
}

/** The picture as it is. */
export function hide() {
  frame.classList.remove("hot");
}

/** Draws the key of the colours. */
export function drawScale(scale) {
  const context = scale.getContext("2d");
  for (let x = 0; x < scale.width; x++) {
    context.fillStyle = "rgb(" + colour(x / (scale.width - 1)).join(" ") + ")";
    context.fillRect(x, 0, 1, scale.height);
  }
}
