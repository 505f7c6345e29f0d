/** @module The page on which somebody says who they are. Plain HTML, no script, clearly no real login. */

import { escaped, page, STYLE } from './pages.ts';

export const IDENTITY_STYLE = `${STYLE}
form { flex-direction: column; gap: 1rem }
label { display: grid; gap: .25rem; font-weight: 600 }
small { font-weight: 400 }
input { font: inherit; padding: .5rem; border-radius: .5rem; border: 1px solid #888 }
.buttons { display: flex; gap: .75rem; flex-wrap: wrap }
button[value="sign-in"] { background: #1b5e9b; border-color: #1b5e9b; color: #fff }
`;

const NOTICE = 'Sandbox: anybody can be anybody here';

/** Longer ago than any shop has asked for: ten years. */
export const MAX_DAYS = 3650;

export const MAX_CHARS = 64;

/** @param action where the form goes; @param mistake what was wrong with the last try */
export const signInPage = (action: string, mistake = ''): string =>
  page(
    'Sign in',
    `<h1>Sign in</h1>
${mistake && `<p role="alert">${escaped(mistake)}</p>`}
<form method="post" action="${escaped(action)}">
<label>Name
<small>The same name is the same person</small>
<input name="name" list="names" maxlength="${MAX_CHARS}" required autocomplete="off"></label>
<datalist id="names"><option>Ada</option><option>Grace</option><option>Linus</option></datalist>
<label>Membership
<small>Empty: none</small>
<input name="membership" list="memberships" maxlength="${MAX_CHARS}" autocomplete="off"></label>
<datalist id="memberships"><option>member</option><option>gold</option></datalist>
<label>Age of the account in days
<input name="days" type="number" min="0" max="${MAX_DAYS}" value="365" required></label>
<div class="buttons">
<button name="action" value="sign-in">Sign in</button>
<button name="action" value="cancel" formnovalidate>Cancel</button>
</div>
</form>`,
    NOTICE,
  );

export const untrustedPage = (why: string): string =>
  page(
    'Not possible',
    `<h1>You cannot sign in from there</h1>
<p>${escaped(why)}</p>`,
    NOTICE,
  );
