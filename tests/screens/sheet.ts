/** The contact sheet: all pictures as one page, a row for each screen and a column for each size and theme. */

/** A picture that was taken. */
export interface Picture {
  name: string;
  size: string;
  theme: 'light' | 'dark';
  /** Beside the page. */
  file: string;
  /** A line for each fault. */
  found: readonly string[];
}

/** The page. */
export function sheet(pictures: readonly Picture[]): string {
  const columns = [...new Set(pictures.map(column))];
  const names = [...new Set(pictures.map(({ name }) => name))];
  const row = (name: string) => {
    const cells = columns.map((at) => {
      const picture = pictures.find((each) => each.name === name && column(each) === at);
      return `<td>${picture ? cell(picture) : ''}</td>`;
    });
    return `<tr><th scope="row">${escaped(name)}</th>${cells.join('')}</tr>`;
  };
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Every screen</title>
<style>
  body { font: 14px/1.4 system-ui, sans-serif; margin: 1rem; background: #ddd; color: #111; }
  th { position: sticky; padding: 0.25rem 0.5rem; background: #ddd; text-align: start; vertical-align: top; }
  thead th { top: 0; z-index: 1; }
  tbody th { left: 0; max-width: 9rem; }
  td { padding: 4px; vertical-align: top; }
  img { display: block; height: 260px; border: 1px solid #999; }
  .wrong img { border: 3px solid #c00; }
  ul { max-width: 24rem; margin: 0; padding-left: 1rem; font-size: 12px; color: #900; }
</style>
<table>
<thead><tr><td></td>${columns.map((at) => `<th scope="col">${escaped(at)}</th>`).join('')}</tr></thead>
<tbody>
${names.map(row).join('\n')}
</tbody>
</table>
`;
}

function column({ size, theme }: Picture): string {
  return `${size}, ${theme}`;
}

function cell({ name, file, found, ...rest }: Picture): string {
  const lines = found.map((line) => `<li>${escaped(line)}</li>`).join('');
  const image = `<img src="${escaped(file)}" loading="lazy" alt="${escaped(`${name}, ${column({ name, file, found, ...rest })}`)}">`;
  return `<a href="${escaped(file)}"${found.length > 0 ? ' class="wrong"' : ''}>${image}</a>${lines && `<ul>${lines}</ul>`}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
