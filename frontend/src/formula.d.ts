/** The MathML of a formula, typeset while building; see `build/formula.ts`. */
declare module '*.tex?formula' {
  const mathml: string;
  export default mathml;
}
