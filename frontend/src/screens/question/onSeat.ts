/** What a student's screen loads when the first question comes. */
export { Answering } from './answering.svelte';
export { askingOf } from './onStage';
export { default as SeatQuestion } from './SeatQuestion.svelte';
