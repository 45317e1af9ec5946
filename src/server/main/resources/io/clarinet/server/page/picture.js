// Pictures that are dropped, pasted, chosen, or taken from the samples.
const stage = document.getElementById("stage");
const shown = document.getElementById("shown");
const file = document.getElementById("file");
const SMALL = 200;

/** Calls back with every picture that comes, as a Blob and its name. */
export function listen(came) {
  document.getElementById("choose").addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    if (file.files.length) {
      came(file.files[0], file.files[0].name);
    }
    file.value = "";
  });
  document.addEventListener("paste", (event) => {
    const pasted = [...event.clipboardData.files].find((f) => f.type.startsWith("image/"));
    if (pasted) {
      event.preventDefault();
      came(pasted, "the pasted picture");
    }
  });
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    stage.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) {
      stage.classList.remove("over");
    }
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    stage.classList.remove("over");
    if (event.dataTransfer.files.length) {
      came(event.dataTransfer.files[0], event.dataTransfer.files[0].name);
    }
  });
}

/** Shows a picture; small ones enlarged. */
export function show(picture, name) {
  URL.revokeObjectURL(shown.src);
  shown.onload = () => shown.classList.toggle("small", shown.naturalWidth < SMALL);
  shown.src = URL.createObjectURL(picture);
  shown.alt = name;
  document.getElementById("frame").hidden = false;
}

/** Buttons for the sample pictures, which are the letters of a word. */
export function samples(came) {
  const group = document.getElementById("samples");
  for (const name of ["1_O.png", "2_P.png", "3_E.png", "4_N.png", "5_C.png", "6_L.png"]) {
    const button = document.createElement("button");
    const image = document.createElement("img");
    image.src = "/page/samples/" + name;
    image.alt = "Sample, the letter " + name[2];
    button.type = "button";
    button.append(image);
    button.addEventListener("click", async () => {
      const answer = await fetch(image.src);
      came(await answer.blob(), image.alt);
    });
    group.append(button);
  }
}
