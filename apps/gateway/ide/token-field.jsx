import { useState } from 'react';

const STORED_AS = 'graphdesk-token';

/** The token of this browser tab: from the address (`#token=…`, then taken out of it), or as it was pasted before. */
export function firstToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given) {
    history.replaceState(null, '', location.pathname);
    keep(given);
  }
  return sessionStorage.getItem(STORED_AS) ?? '';
}

const keep = (token) => sessionStorage.setItem(STORED_AS, token);

/** Who the token says it is for; the gateway alone decides whether that is true. */
function holderOf(token) {
  if (token === '') return 'no token: every request is refused';
  try {
    const { sub, roles, exp } = JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));
    const ended = exp * 1000 < Date.now() ? ' (expired)' : '';
    return `${roles.join(', ') || sub}${ended}`;
  } catch {
    return 'this is not a token';
  }
}

/** A field to paste a bearer token into; it stays in this browser tab. */
export function TokenField({ token, onToken }) {
  const [text, setText] = useState(token);
  const change = (event) => {
    const pasted = event.target.value.trim().replace(/^Bearer /i, '');
    setText(pasted);
    keep(pasted);
    onToken(pasted);
  };
  return (
    <div className="token-field">
      <label htmlFor="token">Token</label>
      <input
        id="token"
        type="password"
        autoComplete="off"
        placeholder="paste a bearer token"
        value={text}
        onChange={change}
      />
      <output>{holderOf(text)}</output>
    </div>
  );
}
