/** The looks of anything that floats beside a thing and that a page places itself. */
export const floatingClass =
  "z-40 rounded-3 border border-line-2 bg-raised text-13 text-ink shadow-2 outline-none animate-[shoal-fade-in_var(--d-2)_var(--ease)]";
