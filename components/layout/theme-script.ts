/**
 * Runs before first paint, with the CSP nonce: sets `data-theme` (light or dark) and `data-rail` on the root,
 * so that neither flashes. Keeps a cookie that says whether the window is wide, for the tables of the next page.
 * `__webpack_nonce__` is where the scroll lock of open dialogs looks for the nonce of its style element (package get-nonce). Kept as text because it must not wait for any bundle.
 */
export const themeScript = `(()=>{const r=document.documentElement;window.__webpack_nonce__=document.currentScript.nonce;let t,s;try{t=localStorage.getItem("shoal_theme");s=localStorage.getItem("shoal_rail")}catch{}
r.dataset.theme=t==="light"||t==="dark"?t:matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light";if(s==="on")r.dataset.rail="on";
const m=matchMedia("(width >= 700px)"),w=()=>{document.cookie="shoal_wide="+(m.matches?1:0)+"; path=/; samesite=lax"};w();m.addEventListener("change",w)})()`;
