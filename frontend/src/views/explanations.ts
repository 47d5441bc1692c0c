/** What an open unit needs besides its picture, in one piece that arrives while nobody waits for it: its card, and its tools. */
export { default as ElasticTools } from './elastic/ElasticTools.svelte';
export { default as UnitPanel } from './UnitPanel.svelte';
