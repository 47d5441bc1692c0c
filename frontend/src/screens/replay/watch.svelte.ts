/**
 * How a recording is watched: where the tape is, what everyone saw there, what whoever watches answers, and their own way from there. Not
 * how it looks: see `Watching.svelte`.
 */
import { onMount, untrack } from 'svelte';

import { m } from '../../paraglide/messages.js';
import type { Question, Stage } from '../../protocol/classroom';
import type { Router } from '../../router.svelte';
import { OwnView } from '../../sync/own.svelte';
import { applyStage, standing, type StageCommand } from '../../sync/stage';
import { stepsOf, valid } from '../../views/focus';
import { describing } from '../described.svelte';
import { OwnAnswers } from './answers.svelte';
import type { Film } from './film';
import { RecordedNetworks } from './networks.svelte';
import { RecordedPictures } from './pictures.svelte';
import { Tape } from './tape.svelte';
import { clockText } from './time';

/** How long it is said what happened by itself, in ms of whoever watches. */
const NEWS_MS = 5000;

const now = (): number => performance.now();

/** Make it while a component is made, which ends it. */
export class Watch {
  readonly film: Film;
  readonly tape: Tape;
  readonly own: OwnView;
  readonly networks: RecordedNetworks;
  readonly #pictures: RecordedPictures;
  readonly #answers = new OwnAnswers();
  readonly #described: ReturnType<typeof describing>;

  /** Whether whoever watches goes their own way, while the tape waits. */
  isExploring = $state(false);
  /** Whether long silences are skipped. */
  skips = $state(true);
  /** Whether the tape stops where the class was asked something. */
  stops = $state(true);
  /** What happened by itself, in words, and where the tape came to by it. */
  #happened = $state.raw<{ words: string; at: number } | null>(null);

  readonly scene = $derived.by(() => this.film.at(this.tape.position));
  /** Whether the server has the network of the moment. */
  readonly here = $derived.by(() => this.networks.state(this.scene.stage.network));
  readonly isShowable = $derived(this.here === 'same' || this.here === 'agreed');
  readonly network = $derived.by(() => {
    const { network } = this.#described;
    return network?.id === this.scene.stage.network ? network : null;
  });

  /** The picture of the moment: itself, another in its place where it is gone, and the one before while it is on its way. */
  readonly #picture = $derived.by(() => {
    const { picture: id } = this.scene.stage;
    if (!this.network) return null;
    if (this.network.gallery.some((each) => each.picture === id)) return { id, state: 'here' as const };
    return { id, state: this.#pictures.state(id) };
  });
  /** Whether another picture stands in the place of the one that is gone. */
  readonly isStandIn = $derived(this.#picture?.state === 'gone');
  readonly shownPicture = $derived.by(() => {
    if (this.isStandIn) return this.network?.gallery[0]?.picture ?? null;
    return this.#picture?.state === 'here' ? this.#picture.id : null;
  });

  /** What was followed before stays until all of what comes is here. */
  #held: Stage | null = null;
  /** The stage as it is followed: a cue makes it anew, so that a kernel knows of the jump. */
  readonly #followed = $derived.by(() => {
    const { runs, at } = this.tape.cue;
    const { stage } = this.scene;
    const picture = this.shownPicture;
    if (picture !== null) this.#held = { ...(runs ? stage : standing(stage, at)), picture };
    return this.#held;
  });
  readonly stage = $derived.by(() => (this.isExploring && this.own.stage ? this.own.stage : this.#followed));

  /** What happened by itself, for as long as it is news. */
  readonly notice = $derived.by(() => {
    const happened = this.#happened;
    const isNew = happened && this.tape.position - happened.at <= NEWS_MS * this.tape.speed;
    return isNew ? happened.words : '';
  });

  /** The question of the moment, as whoever watches may see it. */
  readonly question = $derived.by(
    () =>
      this.scene.question &&
      this.#answers.shown(this.scene.question, this.film.question(this.scene.question.id)),
  );
  /** Whoever has answered may compare. */
  readonly mayCompare = $derived.by(() => {
    const { question } = this;
    if (question?.phase !== 'open') return false;
    return this.chosen(question) !== null && this.film.question(question.id) !== null;
  });
  /** What the question is about, whatever is explored meanwhile. */
  readonly run = $derived.by(() => {
    const { network, shownPicture: picture } = this;
    return network && picture !== null ? { network, picture, edit: this.scene.stage.edit } : null;
  });

  constructor(film: Film, router: Router) {
    this.film = film;
    this.tape = new Tape(film.length, now);
    this.own = new OwnView(router, now);
    this.networks = new RecordedNetworks(film.recording);
    this.#pictures = new RecordedPictures(film.recording);
    this.#described = describing(() => (this.isShowable ? this.scene.stage.network : undefined));

    $effect(() => {
      const wanted = this.#picture;
      if (wanted && wanted.state !== 'here') untrack(() => this.#pictures.want(wanted.id));
    });
    $effect(() =>
      this.tape.follow({
        after: (time) => film.after(time),
        passed: (from, to) => this.#passed(from, to),
      }),
    );
    onMount(() => {
      void this.networks.load();
      // An address with a view in it belongs to an explorer whose recording is not open any more.
      if (this.own.isAddressed) this.own.leave('replace');
      const stop = router.watch(() => this.#moved());
      return () => {
        stop();
        this.#pictures.close();
      };
    });
  }

  /** The clock that what is shown follows. */
  get now(): () => number {
    return this.isExploring ? now : this.tape.now;
  }

  /** A link to what is shown. */
  link(stage: Stage): string {
    return this.own.link(standing(stage, this.now()));
  }

  /** Back from the own way. */
  follow = (): void => {
    if (!this.isExploring) return;
    this.isExploring = false;
    this.own.leave('push');
  };

  /** Whatever is touched begins an own way. */
  intend = (command: StageCommand): void => {
    const followed = this.#followed;
    if (this.isExploring) this.own.give(command);
    else if (followed) {
      const from = applyStage(standing(followed, this.tape.now()), command, now());
      this.tape.stop();
      this.own.begin(from);
      this.isExploring = true;
      this.#happened = null;
    }
  };

  toggle = (): void => {
    this.#happened = null;
    if (this.tape.runs) this.tape.stop();
    else {
      this.follow();
      this.tape.play();
    }
  };

  seek = (at: number): void => {
    this.#happened = null;
    this.follow();
    this.tape.seek(at);
  };

  /** What was answered in a round, or `null`. */
  chosen(question: Question): number | null {
    return this.#answers.chosen(question);
  }

  /** What was answered in the round before. */
  before(question: Question): number | null {
    return this.#answers.before(question);
  }

  choose = (choice: number): void => {
    if (this.scene.question) this.#answers.choose(this.scene.question, choice);
  };

  compare = (): void => {
    if (this.scene.question) this.#answers.compare(this.scene.question);
  };

  /** Back, Forward or a bookmark: an address with a view is an own way. */
  #moved(): void {
    const followed = this.#followed;
    if (!this.own.isAddressed) this.isExploring = false;
    else if (followed) {
      this.tape.stop();
      this.own.read(followed);
      this.isExploring = true;
    }
  }

  #passed(from: number, to: number): { at: number; stops: boolean } | null {
    const { film, network } = this;
    const asked = this.stops ? film.asked(from, to) : null;
    if (asked) {
      this.#happened = { words: m.replay_asked(), at: asked.at };
      return { at: asked.at, stops: true };
    }
    const { focus } = this.scene.stage;
    const end = this.skips && network ? film.silence(to, stepsOf(network, valid(network, focus))) : null;
    if (end === null) return null;
    this.#happened = { words: m.replay_skipped({ time: clockText(end - to) }), at: end };
    return { at: end, stops: false };
  }
}
