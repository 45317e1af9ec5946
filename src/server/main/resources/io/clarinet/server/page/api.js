// Requests to the server. A server that asks for a token gets it from the person, once a tab.
const ask = document.getElementById("ask");
let asked = null;

function token() {
  return sessionStorage.getItem("token");
}

function askForToken() {
  asked ??= new Promise((known) => {
    document.getElementById("ask-form").onsubmit = (event) => {
      event.preventDefault();
      sessionStorage.setItem("token", document.getElementById("token").value);
      ask.close();
      asked = null;
      known();
    };
    ask.showModal();
  });
  return asked;
}

/** The JSON that a path answers with; an Error with the server's own words if it refuses. */
export async function request(path, options = {}) {
  const headers = { ...options.headers };
  if (token()) {
    headers.Authorization = "Bearer " + token();
  }
  let answer;
  try {
    answer = await fetch(path, { ...options, headers });
  } catch (e) {
    if (e.name === "AbortError") {
      throw e;
    }
    throw new Error("The server does not answer.");
  }
  if (answer.status === 401) {
    await askForToken();
    return request(path, options);
  }
  const document = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Error(document.error || "The server answers with status " + answer.status + ".");
  }
  return document;
}

/** Sends a picture to a path. */
export function send(path, query, picture, signal) {
  return request(path + "?" + new URLSearchParams(query), {
    method: "POST",
    headers: { "Content-Type": picture.type || "application/octet-stream" },
    body: picture,
    signal,
  });
}
