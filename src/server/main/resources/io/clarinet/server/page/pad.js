// A pad to draw a character on, by pointer or by keyboard.
const pad = document.getElementById("pad");
const context = pad.getContext("2d");
const PEN = 22;
const STEP = 14;
const PAUSE = 350;
const MOVES = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
let pen = null;
let down = false;
let timer = 0;
let at = [pad.width / 2, pad.height / 4];
let ink = null;

function place(event) {
  const box = pad.getBoundingClientRect();
  return [((event.clientX - box.left) * pad.width) / box.width, ((event.clientY - box.top) * pad.height) / box.height];
}

function line(from, to) {
  context.strokeStyle = "#fff";
  context.lineWidth = PEN;
  context.lineCap = context.lineJoin = "round";
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

/** Nothing drawn. */
export function clear() {
  clearTimeout(timer);
  context.fillStyle = "#000";
  context.fillRect(0, 0, pad.width, pad.height);
  down = false;
  at = [pad.width / 2, pad.height / 4];
  ink = null;
}

/** The ring that shows where the keyboard's pen is; the drawing itself is kept beside it. */
function ring() {
  ink = context.getImageData(0, 0, pad.width, pad.height);
  context.strokeStyle = down ? "#ffd84a" : "#bfa5ff";
  context.lineWidth = 3;
  context.beginPath();
  context.arc(at[0], at[1], PEN / 2, 0, 2 * Math.PI);
  context.stroke();
}

function withoutRing() {
  if (ink) {
    context.putImageData(ink, 0, 0);
    ink = null;
  }
}

/** Calls back with the drawing a moment after each stroke. */
export function listen(drawn, said) {
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const kept = ink && context.getImageData(0, 0, pad.width, pad.height);
      const bare = ink;
      withoutRing();
      pad.toBlob((blob) => drawn(blob));
      if (kept) {
        context.putImageData(kept, 0, 0);
        ink = bare;
      }
    }, PAUSE);
  };
  pad.addEventListener("pointerdown", (event) => {
    withoutRing();
    pad.setPointerCapture(event.pointerId);
    pen = place(event);
    line(pen, pen);
  });
  pad.addEventListener("pointermove", (event) => {
    if (pen) {
      const next = place(event);
      line(pen, next);
      pen = next;
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    pad.addEventListener(end, () => {
      if (pen) {
        pen = null;
        later();
      }
    });
  }
  pad.addEventListener("blur", withoutRing);
  pad.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move && event.key !== " ") {
      return;
    }
    event.preventDefault();
    withoutRing();
    if (event.key === " ") {
      down = !down;
      said(down ? "Pen down" : "Pen up");
      if (down) {
        line(at, at);
      }
    } else {
      const next = [at[0] + move[0], at[1] + move[1]].map((v) => Math.min(pad.width - PEN, Math.max(PEN, v)));
      if (down) {
        line(at, next);
      }
      at = next;
    }
    if (down) {
      later();
    }
    ring();
  });
  clear();
}
