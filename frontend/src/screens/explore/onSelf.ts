/** What is loaded when someone who learns alone asks for the first question. */
export { askingOf } from '../question/onStage';
export { default as AskYourself } from './AskYourself.svelte';
export { SelfQuestion } from './self.svelte';
