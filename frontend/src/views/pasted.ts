/** Addresses of pictures that someone pastes or drops as text. Nothing here fetches them: see `intake.svelte.ts`. */

/** The address that a text is, if it is one of a place that may have a picture. */
export function addressIn(text: string): URL | null {
  const word = text.trim();
  const isPlausible = /^(https?:\/\/|data:image\/)\S+$/iu.test(word) && URL.canParse(word);
  return isPlausible ? new URL(word) : null;
}

/** The picture that an address has in itself, if it has one. */
export function fileIn({ href }: URL): File | null {
  const [, type = '', data = ''] = /^data:([^;,]+);base64,(.+)$/iu.exec(href) ?? [];
  try {
    const bytes = Uint8Array.from(atob(decodeURIComponent(data)), (letter) => letter.charCodeAt(0));
    return bytes.length > 0 ? new File([bytes], 'picture', { type }) : null;
  } catch {
    return null;
  }
}
