/**
 * What an open unit needs besides its picture, in one piece that arrives while nobody waits for it: its card, its tools,
 * and the staging of the end of a network.
 */
export { default as ElasticTools } from './elastic/ElasticTools.svelte';
export { default as UnitPanel } from './UnitPanel.svelte';
export { Output } from './output/output.svelte';
export { default as OutputParts } from './output/OutputParts.svelte';
