// Talking to the sandbox: verbs out, events in.

export async function act(verb, details = {}) {
  return answerOf(await fetch(`/sandbox/${verb}`, asJson(details)));
}

export async function everybody() {
  return answerOf(await fetch("/page/people"));
}

// What is read after `opened` misses no news. Nobody waits for it in vain: closing ends the wait, too.
export function listen(user, onNews, onState) {
  const source = new EventSource(`/page/events?user=${user}`);
  let begin;
  const opened = new Promise((resolve) => { begin = resolve; });
  source.onmessage = (event) => onNews(JSON.parse(event.data));
  source.onopen = () => { begin(); onState(true); };
  source.onerror = () => onState(false);
  return { opened, close() { source.close(); begin(); } };
}

// What is around the sandbox, where somebody set a stage.

export const stageLook = async () => answerOf(await fetch("/stage"));
export const stageBooks = async () => answerOf(await fetch("/stage/books"));
export const stageDo = async (verb, details = {}) => answerOf(await fetch(`/stage/${verb}`, asJson(details)));
export const stageLoad = async (file) => answerOf(await fetch("/stage/situation", { method: "PUT", body: file }));

function asJson(details) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(details) };
}

async function answerOf(response) {
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

export async function base64(file) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(",") + 1);
}
