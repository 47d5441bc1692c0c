/**
 * The effect of a driver's command on a stage, as the server would show it. Knows no rules: whether a command is allowed is the
 * server's to say. Used for the driver's own screen until the frame arrives, and where someone explores alone.
 */
import type { Command, Focus, LayerId, Playback, Stage } from '../protocol/classroom';
import { stepAt } from './playback';

const STAGE_COMMANDS = [
  'chooseNetwork',
  'choosePicture',
  'focus',
  'step',
  'play',
  'pause',
  'setScale',
  'setDetail',
  'setReceptiveField',
  'editKernel',
] as const;

/** A command that changes what is shown. */
export type StageCommand = Extract<Command, { type: (typeof STAGE_COMMANDS)[number] }>;

/** Where every focus begins. */
const START: Playback = { kind: 'paused', step: 0 };

/** Whether a command changes what is shown. */
export function isStageCommand(command: Command): command is StageCommand {
  return STAGE_COMMANDS.some((type) => type === command.type);
}

/** The stage after `command`, given at `now` (ms of the class clock). */
export function applyStage(stage: Stage, command: StageCommand, now: number): Stage {
  switch (command.type) {
    case 'chooseNetwork':
      return {
        ...stage,
        network: command.network,
        picture: command.picture,
        focus: { kind: 'overview' },
        playback: START,
        edit: null,
      };
    case 'choosePicture':
      return { ...stage, picture: command.picture };
    case 'focus':
      return { ...stage, focus: command.focus, playback: playbackAfter(stage, command.focus) };
    case 'step':
    case 'pause':
      return { ...stage, playback: { kind: 'paused', step: command.step } };
    case 'play':
      return {
        ...stage,
        playback: {
          kind: 'playing',
          from: command.from,
          since: Math.max(0, Math.round(now)),
          rate: command.rate,
        },
      };
    case 'setScale':
      return { ...stage, scale: command.scale };
    case 'setDetail':
      return { ...stage, detail: command.detail };
    case 'setReceptiveField':
      return { ...stage, receptiveField: command.shown };
    case 'editKernel':
      return { ...stage, edit: command.edit };
  }
}

/** From one unit or link to another of the same layer the kernel stays where it is, or moves on. */
function playbackAfter(stage: Stage, focus: Focus): Playback {
  const layer = openLayer(focus);
  return layer !== null && layer === openLayer(stage.focus) ? stage.playback : START;
}

function openLayer(focus: Focus): LayerId | null {
  return focus.kind === 'unit' || focus.kind === 'link' ? focus.layer : null;
}

/** The stage with its kernel standing where it is at `now`. */
export function standing(stage: Stage, now: number): Stage {
  const step = stepAt(stage.playback, now, Number.MAX_SAFE_INTEGER);
  return { ...stage, playback: { kind: 'paused', step } };
}

/** What parts of an explanation belong to: the same as long as the same unit, class or diagram is open. */
export function subjectOf({ network, focus }: Stage): string {
  const open = focus.kind === 'unit' || focus.kind === 'link' ? `${focus.layer} ${focus.unit}` : focus.kind;
  return `${network} ${focus.kind === 'class' ? `class ${focus.class}` : open}`;
}

/** Whether two stages show the same, apart from the moment at which a kernel began to move. */
export function agree(a: Stage, b: Stage): boolean {
  return JSON.stringify(comparable(a)) === JSON.stringify(comparable(b));
}

function comparable(stage: Stage): unknown[] {
  const { network, picture, focus, playback, scale, detail, receptiveField, edit } = stage;
  const view = Object.entries(focus).sort(([a], [b]) => a.localeCompare(b));
  const motion =
    playback.kind === 'paused'
      ? [playback.kind, playback.step]
      : [playback.kind, playback.from, playback.rate];
  const kernels = edit && [
    edit.layer,
    edit.unit,
    edit.bias,
    edit.kernels.map((one) => [one.input, one.weights]),
  ];
  return [network, picture, view, motion, scale, detail, receptiveField, kernels];
}
