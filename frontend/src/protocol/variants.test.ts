/**
 * The golden messages (`tests/golden`) and the generated types name the same variants. One that is new in Rust breaks this file
 * twice: the records below no longer compile, and the messages hold a name the records lack. Whether the decoder reads the
 * messages is the matter of `golden.test.ts`.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type {
  Asked,
  ClientMessage,
  Command,
  Credential,
  Farewell,
  Focus,
  Playback,
  Phase,
  Rejection,
  ServerMessage,
  Task,
  TopicValue,
} from './classroom';

const folder = new URL('../../../tests/golden/', import.meta.url);

function golden<M>(sender: 'client' | 'server'): M[] {
  const files = readdirSync(folder).filter((file) => file.startsWith(`${sender}-`));
  return files.flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as M[]);
}

const fromServer = golden<ServerMessage>('server');
const fromClient = golden<ClientMessage>('client');

/** Every variant of a union, or the file does not compile. */
const every = <Name extends string>(names: Record<Name, true>): string[] => Object.keys(names).sort();
const distinct = (names: string[]): string[] => [...new Set(names)].sort();

function bodies<M extends { type: string }, T extends M['type']>(
  messages: M[],
  type: T,
): Extract<M, { type: T }>[] {
  return messages.filter((message): message is Extract<M, { type: T }> => message.type === type);
}

describe('messages to the browser', () => {
  it('come in every kind', () => {
    expect(distinct(fromServer.map((message) => message.type))).toEqual(
      every<ServerMessage['type']>({
        welcome: true,
        frame: true,
        done: true,
        rejected: true,
        pong: true,
        bye: true,
      }),
    );
  });

  it('carry every topic', () => {
    const topics = bodies(fromServer, 'frame').map(({ frame }) => frame.topic);
    expect(distinct(topics)).toEqual(
      every<TopicValue['topic']>({
        stage: true,
        pace: true,
        room: true,
        lesson: true,
        script: true,
        roster: true,
        pointer: true,
        question: true,
        seat: true,
        asks: true,
        lost: true,
        views: true,
      }),
    );
  });

  it('show every focus and playback', () => {
    const stages = bodies(fromServer, 'frame').flatMap(({ frame }) =>
      frame.topic === 'stage' ? [frame.value] : [],
    );
    expect(distinct(stages.map(({ focus }) => focus.kind))).toEqual(
      every<Focus['kind']>({
        overview: true,
        layer: true,
        unit: true,
        link: true,
        class: true,
        hyperparameters: true,
      }),
    );
    expect(distinct(stages.map(({ playback }) => playback.kind))).toEqual(
      every<Playback['kind']>({ paused: true, playing: true }),
    );
  });

  it('ask for everything, in every phase', () => {
    const questions = bodies(fromServer, 'frame').flatMap(({ frame }) =>
      frame.topic === 'question' && frame.value ? [frame.value] : [],
    );
    expect(distinct(questions.map(({ task }) => task.kind))).toEqual(
      every<Task['kind']>({
        value: true,
        sign: true,
        winner: true,
        topClass: true,
        outputSize: true,
        tile: true,
        pixel: true,
        choice: true,
        scale: true,
        fill: true,
      }),
    );
    expect(distinct(questions.map(({ phase }) => phase))).toEqual(
      every<Phase>({ open: true, closed: true, revealed: true }),
    );
  });

  it('refuse for every reason', () => {
    expect(distinct(bodies(fromServer, 'rejected').map(({ reason }) => reason))).toEqual(
      every<Rejection>({
        ended: true,
        unknownSeat: true,
        notDriver: true,
        notAllowed: true,
        unknownNetwork: true,
        unknownPicture: true,
        unknownLayer: true,
        unknownUnit: true,
        unknownLink: true,
        unknownClass: true,
        noOutput: true,
        badKernel: true,
        unknownLesson: true,
        noLesson: true,
        unknownStep: true,
        otherNetwork: true,
        lessonFull: true,
        noSteps: true,
        stepOutOfRange: true,
        unknownRate: true,
        badText: true,
        badQuestion: true,
        notAskable: true,
        questionOpen: true,
        noQuestion: true,
        unknownAnswer: true,
        unknownCell: true,
        noCell: true,
        noVote: true,
        together: true,
        paused: true,
        locked: true,
        full: true,
        hostStays: true,
        asksMuted: true,
        tooManyAsks: true,
        asksFull: true,
        unknownAsk: true,
        ownAsk: true,
        viewsFull: true,
        unknownView: true,
        busy: true,
      }),
    );
  });

  it('say farewell for every reason', () => {
    expect(distinct(bodies(fromServer, 'bye').map(({ reason }) => reason))).toEqual(
      every<Farewell>({
        ended: true,
        deleted: true,
        removed: true,
        locked: true,
        full: true,
        noSuchClass: true,
        badCredential: true,
        otherVersion: true,
        badMessage: true,
        tooFast: true,
        restarting: true,
        silent: true,
      }),
    );
  });
});

describe('messages from the browser', () => {
  it('come in every kind', () => {
    expect(distinct(fromClient.map((message) => message.type))).toEqual(
      every<ClientMessage['type']>({
        hello: true,
        command: true,
        whereabouts: true,
        point: true,
        ping: true,
      }),
    );
  });

  it('prove who one is in every way', () => {
    const kinds = bodies(fromClient, 'hello').map(({ credential }) => credential.kind);
    expect(distinct(kinds)).toEqual(
      every<Credential['kind']>({ new: true, token: true, host: true, assistant: true }),
    );
  });

  it('ask every kind of question', () => {
    const asked = bodies(fromClient, 'command').flatMap(({ command }) =>
      command.type === 'openQuestion' ? [command.question.kind] : [],
    );
    expect(distinct(asked)).toEqual(
      every<Asked['kind']>({
        value: true,
        sign: true,
        winner: true,
        topClass: true,
        outputSize: true,
        tile: true,
        pixel: true,
        choice: true,
        scale: true,
        fill: true,
      }),
    );
  });

  it('carry every command', () => {
    expect(distinct(bodies(fromClient, 'command').map(({ command }) => command.type))).toEqual(
      every<Command['type']>({
        chooseNetwork: true,
        choosePicture: true,
        focus: true,
        step: true,
        play: true,
        pause: true,
        setScale: true,
        setDetail: true,
        setReceptiveField: true,
        editKernel: true,
        setCaption: true,
        openQuestion: true,
        closeQuestion: true,
        voteAgain: true,
        reveal: true,
        dismissQuestion: true,
        answer: true,
        fillCell: true,
        takeCell: true,
        loadLesson: true,
        newLesson: true,
        leaveLesson: true,
        goToStep: true,
        nextStep: true,
        previousStep: true,
        captureStep: true,
        editStep: true,
        moveStep: true,
        removeStep: true,
        undoLesson: true,
        setRoaming: true,
        gather: true,
        setPaused: true,
        follow: true,
        explore: true,
        ask: true,
        withdrawAsk: true,
        voteAsk: true,
        markAsk: true,
        clearAsk: true,
        muteAsks: true,
        allowPictures: true,
        lost: true,
        found: true,
        callViews: true,
        offerView: true,
        withdrawView: true,
        clearView: true,
        showView: true,
        returnStage: true,
        rename: true,
        lock: true,
        showCode: true,
        remove: true,
        handOver: true,
        end: true,
      }),
    );
  });
});
