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

/** Who is in which groups, by name in lower case. */
export type Groups = Readonly<Record<string, readonly string[]>>;

/** @param action where the form goes; @param mistake what was wrong with the last try */
export const signInPage = (action: string, groups: Groups, mistake = ''): string =>
  page(
    'Sign in',
    `<h1>Sign in</h1>
${mistake && `<p role="alert">${escaped(mistake)}</p>`}
<form method="post" action="${escaped(action)}">
<label>Name
<small>${Object.keys(groups).length > 0 ? inWords(groups) : 'The same name is the same person'}</small>
<input name="name" list="names" maxlength="${MAX_CHARS}" required autocomplete="off"></label>
<datalist id="names">${[...Object.keys(groups), 'Ada', 'Grace', 'Linus'].map(option).join('')}</datalist>
${Object.keys(groups).length > 0 ? USUAL_AGE : SHOPPERS_FIELDS}<div class="buttons">
<button name="action" value="sign-in">Sign in</button>
<button name="action" value="cancel" formnovalidate>Cancel</button>
</div>
</form>`,
    NOTICE,
  );

const option = (name: string): string => `<option>${escaped(name)}</option>`;

const inWords = (groups: Groups): string =>
  escaped(
    Object.entries(groups)
      .map(([name, of]) => `“${name}” is in the group “${of.join('”, “')}”`)
      .join('; '),
  );

/** Where groups count, nobody asks for the age of an account. */
const USUAL_AGE = '<input type="hidden" name="days" value="365">';

const SHOPPERS_FIELDS = `<label>Membership
<small>Empty: none</small>
<input name="membership" list="memberships" maxlength="${MAX_CHARS}" autocomplete="off"></label>
<datalist id="memberships"><option>member</option><option>gold</option></datalist>
<label>Age of the account in days
<input name="days" type="number" min="0" max="${MAX_DAYS}" value="365" required></label>
`;

export const untrustedPage = (why: string): string =>
  page(
    'Not possible',
    `<h1>You cannot sign in from there</h1>
<p>${escaped(why)}</p>`,
    NOTICE,
  );
