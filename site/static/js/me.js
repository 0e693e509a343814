// Who is reading, and what we send in their name. Without it a page shows what everyone sees.

let answer;

/** What /moi/ says, asked once a page; rejects where the line is down. */
export function me() {
  answer ??= ask().catch((error) => {
    answer = undefined;
    throw error;
  });
  return answer;
}

async function ask() {
  // Tells which page it is for, so that an editor gets the way to edit it.
  const response = await fetch(`/moi/?page=${document.body.dataset.page ?? ""}`);
  if (!response.ok) throw new Error(response.status);
  return response.json();
}

/** Send JSON with a CSRF token; a token that has grown old is replaced once. */
export async function send(url, data, again = true) {
  const { csrf } = await me();
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
    body: JSON.stringify(data),
  });
  if (response.status === 403 && again) {
    answer = undefined;
    return send(url, data, false);
  }
  if (!response.ok) throw new Error(response.status);
  return response.json();
}
