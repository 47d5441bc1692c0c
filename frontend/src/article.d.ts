/** An article in one language, compiled while building; see `build/article.ts`. */
declare module '*.md?article' {
  const article: import('./article/article').Article;
  export default article;
}
