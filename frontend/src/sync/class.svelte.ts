/**
 * A class as one screen sees it: the newest value of every topic, the connection, the clock, and the way to ask for something. Knows
 * no rules: it shows what the server decided, save for the driver's own intents, which show at once and are corrected.
 */
import {
  GATHER_MS,
  PROTOCOL,
  type Asks,
  type ClientMessage,
  type Command,
  type Credential,
  type Farewell,
  type Ink,
  type LayerId,
  type LessonPlace,
  type Lost,
  type Mode,
  type Pace,
  type Pointer,
  type Question,
  type Role,
  type Room,
  type Roster,
  type Script,
  type Seat,
  type ServerMessage,
  type Aim,
  type Stage,
  type TopicValue,
  type Version,
  type Versions,
  type Views,
} from '../protocol/classroom';
import { heardOf } from './build';
import { ClassClock } from './clock';
import type { ClassCode } from './code';
import { Commands, type Outcome } from './commands';
import { Connection, type ConnectionState, type Surroundings } from './connection';
import type { Keyring, Screen } from './keyring';
import { Optimism, PATIENCE_MS } from './optimism';
import { isStageCommand } from './stage';
import { Throttle } from './throttle';
import { Timers } from './timers';
import { NOTHING_SEEN } from './versions';

/** How often an exploring student says where they are, in ms. */
const WHEREABOUTS_MS = 2000;

/** Pings right after the welcome, in ms: the clock should be good before the first kernel moves. */
const FIRST_PINGS_MS = [0, 150, 400, 1000];

/** Who takes part in what. */
export interface Participation {
  code: ClassCode;
  screen: Screen;
  /** The mode to begin with; `null` leaves it to the server. */
  mode: Mode | null;
}

export class ClassStore {
  connection = $state.raw<ConnectionState>({ phase: 'connecting' });
  /** What to show: the server's stage, or the driver's own where the server has not answered yet. */
  stage = $state.raw<Stage | null>(null);
  pace = $state.raw<Pace | null>(null);
  room = $state.raw<Room | null>(null);
  /** Which lesson the class is in, and where; nothing outside a lesson. */
  lesson = $state.raw<LessonPlace | null>(null);
  /** For staff: the lesson with its notes. */
  script = $state.raw<Script | null>(null);
  roster = $state.raw<Roster | null>(null);
  /** What the driver points at; what they draw is in it for longer than it is seen. */
  pointer = $state.raw<Pointer | null>(null);
  /** The question before the class, as far as this screen may know. */
  question = $state.raw<Question | null>(null);
  seat = $state.raw<Seat | null>(null);
  /** What students ask. */
  asks = $state.raw<Asks | null>(null);
  /** Where students are lost; `null` for all but staff. */
  lost = $state.raw<Lost | null>(null);
  /** Views that students offer, as far as this screen may know. */
  views = $state.raw<Views | null>(null);
  /** Whether this screen follows: as the server has it, or as just asked for. */
  mode = $state.raw<Mode>('following');
  /** Called back by the instructor, this screen shows its own view for a moment more. */
  isRecalled = $state.raw(false);

  readonly code: ClassCode;
  readonly role: Role | null = $derived(this.seat?.role ?? null);
  readonly drives: boolean = $derived(this.seat !== null && this.room?.driver === this.seat.id);

  #server: Stage | null = null;
  #optimism = new Optimism();
  #versions: Versions = NOTHING_SEEN;
  #mode: Mode | null;
  #credential: Credential | null = null;
  #helloAt = 0;
  #recalledUntil = 0;

  readonly #screen: Screen;
  readonly #keyring: Keyring;
  readonly #clock = new ClassClock();
  readonly #commands = new Commands();
  readonly #connection: Connection;
  readonly #timers = new Timers();
  readonly #whereabouts = new Throttle<LayerId | null>(WHEREABOUTS_MS, (layer) => {
    if (this.mode === 'exploring') this.#connection.send({ type: 'whereabouts', layer });
  });

  constructor({ code, screen, mode }: Participation, keyring: Keyring, around: Surroundings) {
    this.code = code;
    this.mode = mode ?? 'following';
    this.#mode = mode;
    this.#screen = screen;
    this.#keyring = keyring;
    const owner = {
      hello: () => this.#hello(),
      received: (message: ServerMessage, at: number) => this.#received(message, at),
      changed: (state: ConnectionState) => this.#changed(state),
      canComeBack: (reason: Farewell) => this.#canComeBack(reason),
    };
    this.#connection = new Connection(owner, around);
  }

  /** Begins. A screen that has no credential, or was removed, is refused without asking the server. */
  start(): void {
    if (this.#keyring.credential(this.#screen)) this.#connection.start();
    else
      this.connection = {
        phase: 'refused',
        reason: this.#keyring.isBarred(this.#screen) ? 'removed' : 'badCredential',
      };
  }

  /** Network, visibility or sleep changed. */
  doubt(): void {
    this.#clock.doubt();
    this.#connection.doubt();
  }

  /** Leaves for good. */
  close(): void {
    this.#connection.close();
    this.#whereabouts.stop();
    this.#timers.stop();
    this.#commands.abandon();
  }

  /** The class clock in ms, with fractions. */
  now = (): number => this.#clock.at(performance.now());

  /** Asks the server. A command that changes the stage shows at once. */
  send(command: Command): Promise<Outcome> {
    const { id, outcome } = this.#commands.take(command);
    if (!this.#connection.send({ type: 'command', id, command })) {
      this.#commands.settle(id, { kind: 'unsent' });
    } else if (isStageCommand(command) && this.drives && this.#server) {
      this.stage = this.#optimism.give(command, id, this.now(), this.#server);
    }
    return outcome;
  }

  /** Goes one's own way, or comes back: at once on this screen, also without a connection. */
  async go(mode: Mode): Promise<Outcome> {
    this.isRecalled = false;
    if (this.mode === mode) return { kind: 'done' };
    this.mode = mode;
    this.#mode = mode;
    const outcome = await this.send({ type: mode === 'following' ? 'follow' : 'explore' });
    if (outcome.kind === 'rejected' && this.seat) this.#take(this.seat.mode);
    return outcome;
  }

  /** Where this exploring student is, `null` for the overview; told at most every two seconds. */
  isAt(layer: LayerId | null): void {
    this.#whereabouts.give(layer);
  }

  /** Points, or draws. Nobody answers: whoever does not drive, or has no connection, is not seen. */
  point(at: Aim | null, ink: Ink | null): void {
    this.#connection.send({ type: 'point', at, ink });
  }

  #hello(): ClientMessage {
    this.#credential = this.#keyring.credential(this.#screen);
    this.#helloAt = performance.now();
    const credential = this.#credential ?? { kind: 'new', role: 'student' };
    return { type: 'hello', protocol: PROTOCOL, credential, mode: this.#mode, have: this.#versions };
  }

  #changed(state: ConnectionState): void {
    this.connection = state;
    if (state.phase === 'connecting' || state.phase === 'online') return;
    for (const id of this.#commands.abandon()) this.#undo(id);
    if (state.phase !== 'refused') return;
    if (state.reason === 'ended') this.#keyring.leave();
    if (state.reason === 'deleted' || state.reason === 'noSuchClass') this.#keyring.forget();
    if (state.reason === 'removed') this.#keyring.bar(this.#screen);
  }

  #canComeBack(reason: Farewell): boolean {
    if (reason !== 'badCredential' || this.#credential?.kind === 'new') return false;
    // The key no longer fits, for example because the class is another one by now. What was seen with it belongs to that class.
    if (this.#credential?.kind === 'host') this.#keyring.drop('hostSecret');
    else if (this.#credential?.kind === 'assistant') this.#keyring.drop('assistantSecret');
    else this.#keyring.drop(this.#screen);
    this.#versions = NOTHING_SEEN;
    return this.#keyring.credential(this.#screen) !== null;
  }

  #received(message: ServerMessage, at: number): void {
    switch (message.type) {
      case 'welcome':
        heardOf(message.build);
        if (message.token) this.#keyring.put(this.#screen, message.token);
        this.seat = message.seat;
        this.#take(message.seat.mode);
        this.#clock.doubt();
        this.#clock.learn(this.#helloAt, message.clock, at);
        for (const ms of FIRST_PINGS_MS) this.#timers.after(ms, () => this.#connection.ping());
        break;
      case 'frame':
        this.#frame(message.version, message.frame);
        break;
      case 'pong':
        this.#clock.learn(message.sent, message.clock, at);
        break;
      case 'done':
        this.#commands.settle(message.id, { kind: 'done' });
        this.#done(message.id);
        break;
      case 'rejected':
        this.#commands.settle(message.id, {
          kind: 'rejected',
          reason: message.reason,
          message: message.message,
        });
        this.#undo(message.id);
        break;
      case 'bye':
        break;
    }
  }

  #frame(version: Version, frame: TopicValue): void {
    if (version <= this.#versions[frame.topic]) return;
    this.#versions = { ...this.#versions, [frame.topic]: version };
    switch (frame.topic) {
      case 'stage':
        this.#server = frame.value;
        this.stage = this.#optimism.frame(frame.value);
        break;
      case 'pace':
        this.#pace(frame.value);
        break;
      case 'room':
        this.room = frame.value;
        break;
      case 'lesson':
        this.lesson = frame.value;
        break;
      case 'script':
        this.script = frame.value;
        break;
      case 'roster':
        this.roster = frame.value;
        break;
      case 'pointer':
        this.pointer = frame.value;
        break;
      case 'question':
        this.question = frame.value;
        break;
      case 'seat':
        this.seat = frame.value;
        this.#seat(frame.value.mode);
        break;
      case 'asks':
        this.asks = frame.value;
        break;
      case 'lost':
        this.lost = frame.value;
        break;
      case 'views':
        this.views = frame.value;
        break;
    }
  }

  #pace(pace: Pace): void {
    const called = this.pace && pace.gathered !== this.pace.gathered ? pace.gathered : null;
    this.pace = pace;
    // Whoever was away while the class was called back comes back now.
    if (this.mode === 'exploring' && (called !== null || pace.roaming === 'together'))
      void this.go('following');
    else if (!this.isRecalled) return;
    if (called !== null) this.#recall(called);
  }

  /** Class and seat hear of a call in either order. */
  #seat(mode: Mode): void {
    const wasExploring = this.mode === 'exploring';
    this.#take(mode);
    if (wasExploring && this.mode === 'following') this.#recall(this.now());
  }

  /** Announces the way back to those who were called at `called`, on the class clock; not where that was long ago. */
  #recall(called: number): void {
    const until = called + GATHER_MS;
    this.#recalledUntil = until;
    const left = until - this.now();
    this.isRecalled = left > 0;
    if (!this.isRecalled) return;
    this.#timers.after(left, () => {
      if (this.#recalledUntil === until) this.isRecalled = false;
    });
  }

  /** The server's word on the mode counts, unless this screen has just asked for another. */
  #take(mode: Mode): void {
    if (this.#commands.isAwaiting('follow', 'explore')) return;
    this.mode = mode;
    this.#mode = mode;
  }

  #done(id: number): void {
    if (!this.#server) return;
    this.stage = this.#optimism.done(id, this.#server);
    if (this.#optimism.isAwaitingFrame)
      this.#timers.after(PATIENCE_MS, () => {
        if (this.#server) this.stage = this.#optimism.frame(this.#server);
      });
  }

  #undo(id: number): void {
    if (this.#server) this.stage = this.#optimism.undo(id, this.#server);
  }
}
