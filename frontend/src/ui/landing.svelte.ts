/** Where the focus goes when a page is entered or its header skipped: the main part of the screen that is shown. */

let main = $state.raw<HTMLElement | null>(null);

/** An attachment for the `main` element of a screen; it needs `tabindex="-1"`. */
export function landing(element: HTMLElement): () => void {
  main = element;
  return () => {
    if (main === element) main = null;
  };
}

/** The main part of the screen that is shown, if one is. */
export function landingPlace(): HTMLElement | null {
  return main;
}
