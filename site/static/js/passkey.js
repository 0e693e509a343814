// Asks the browser for a passkey and sends it with the form around the button. Without it the button stays hidden.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=/g, "");

/** What the server asks for, in the bytes that the browser wants. */
function decode({ publicKey }) {
  const listed = (keys) => keys?.map((key) => ({ ...key, id: bytes(key.id) }));
  return {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    ...(publicKey.user && { user: { ...publicKey.user, id: bytes(publicKey.user.id) } }),
    allowCredentials: listed(publicKey.allowCredentials),
    excludeCredentials: listed(publicKey.excludeCredentials),
  };
}

/** What the browser answers, in the letters that the server reads. */
function encode(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

const ways = {
  /** Sign in with whatever passkey there is for this site. */
  async login(button) {
    const response = await fetch(button.form.action, { headers: { Accept: "application/json" } });
    const { request_options: options } = await response.json();
    return navigator.credentials.get({ publicKey: decode(options) });
  },

  /** Show one of the passkeys of this account. */
  get: ({ dataset }) => navigator.credentials.get({ publicKey: decode(JSON.parse(dataset.options)) }),

  /** Make one that knows its owner and can be found without a name. */
  create({ dataset }) {
    const publicKey = decode(JSON.parse(dataset.options));
    publicKey.authenticatorSelection = {
      ...publicKey.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    };
    return navigator.credentials.create({ publicKey });
  },
};

export async function use(button) {
  const { form } = button;
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  button.disabled = true;
  try {
    form.elements.credential.value = encode(await ways[button.dataset.passkey](button));
    form.requestSubmit();
  } catch {
    failed.hidden = false;
  } finally {
    button.disabled = false;
  }
}
