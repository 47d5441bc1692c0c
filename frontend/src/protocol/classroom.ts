// Generated from backend/classroom by `UPDATE_TYPES=1 cargo test -p convocation-classroom --test typescript`. Do not edit.

/** Version of this protocol. */
export const PROTOCOL = 3;

/** The speeds of playing, in steps per second. */
export const RATES = [1, 4, 16, 64] as const;

/** Longest caption, in characters (code points). */
export const CAPTION_CHARS = 200;

/** Longest name, in characters (code points). */
export const NAME_CHARS = 32;

/** Smallest group of students whose whereabouts are told. */
export const GROUP = 5;

/** How long before a screen goes back to the stage its student is told, in ms. */
export const GATHER_MS = 3000;

/** Symbols in a join code. */
export const CODE_LENGTH = 6;

/** The symbols of join codes. */
export const CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Longest text of what a student asks, in characters (code points). */
export const ASK_CHARS = 140;

/** Largest input of the hyperparameters' diagram, in cells. */
export const INPUT_MOST = 16;

/** Widest padding of it, in cells. */
export const PADDING_MOST = 8;

/** Largest kernel of it, in cells. */
export const KERNEL_MOST = 11;

/** Longest stride of it, in cells. */
export const STRIDE_MOST = 8;

/** Widest dilation of it, in cells. */
export const DILATION_MOST = 4;

/** How long a stroke is seen after it last grew, in milliseconds. */
export const INK_MS = 6000;

/** Most strokes at a time. */
export const STROKES = 4;

/** Most points of one stroke. */
export const STROKE_POINTS = 48;

/** How far outside of its thing a point may lie, in thousandths of the thing's size. */
export const POINT_REACH = 500;

/** Longest wording of a question, and longest reason, in characters (code points). */
export const QUESTION_CHARS = 200;

/** Longest own option, in characters (code points). */
export const OPTION_CHARS = 80;

/** Fewest own options. */
export const OPTIONS_LEAST = 2;

/** Most own options. */
export const OPTIONS_MOST = 6;

/** Fewest steps of a scale. */
export const SCALE_LEAST = 2;

/** Most steps of a scale. */
export const SCALE_MOST = 7;

/** Votes on one question. */
export const ROUNDS = 2;

/** Most decimals of a number that is to be chosen or computed. */
export const DECIMALS_MOST = 6;

/** Most cells that a class fills. */
export const FILL_CELLS_MOST = 36;

/** Fewest rows and columns of a part of a map that a class fills. */
export const FILL_SIDE_LEAST = 2;

/** Most rows and columns of it. */
export const FILL_SIDE_MOST = 6;

/** Longest title of a lesson, in characters (code points). */
export const TITLE_CHARS = 100;

/** Longest notes of a step, in characters (code points). */
export const NOTES_CHARS = 2000;

/** Longest lesson, in minutes. */
export const MINUTES_MOST = 600;

/** Version of the format of recordings. */
export const RECORDING_VERSION = 1;

/** Most weights of one edited unit. */
export const EDITED_WEIGHTS = 512;

/** Largest edited weight or bias, in thousandths, of either sign. */
export const EDITED_MOST = 100000;

/**
 * A point of a thing, in thousandths of its width and height from its upper left corner; for a large map, of the map without its padding.
 */
export type Aim = {
/**
 * The thing.
 */
thing: Thing,
/**
 * From the left: −`POINT_REACH` to 1000 + `POINT_REACH`.
 */
u: number,
/**
 * From the top: likewise.
 */
v: number, };

/**
 * An answer of one seat.
 */
export type Answer = {
/**
 * To which question.
 */
question: QuestionId,
/**
 * In which round, from 1.
 */
round: number,
/**
 * What: below the number of answers of the question's task.
 */
choice: number, };

/**
 * Which cells of a map are filled.
 */
export type Area = { "kind": "whole" } | { "kind": "patch",
/**
 * Rows and columns, `FILL_SIDE_LEAST` to `FILL_SIDE_MOST`.
 */
side: number, } | { "kind": "spread",
/**
 * Rows and columns, `FILL_SIDE_LEAST` to `FILL_SIDE_MOST`.
 */
side: number, };

/**
 * What someone asked, as others see it.
 */
export type Ask = {
/**
 * Its number.
 */
id: AskId,
/**
 * 1 to `ASK_CHARS` characters.
 */
text: string,
/**
 * The view it is about; none where the asker named none, or one that the class does not know.
 */
spot: Spot | null,
/**
 * The step at which the kernel stood, from 0; 0 where the view has no steps.
 */
step: number,
/**
 * When it was asked.
 */
at: ClassTime,
/**
 * How many others would like to know it, too.
 */
votes: number,
/**
 * Whether it is answered.
 */
answered: boolean, };

/**
 * What someone asked, by its number within the class, from 1 in the order in which they were asked. Never reused.
 */
export type AskId = number;

/**
 * A question.
 */
export type Asked = { "kind": "value" } & Wording | { "kind": "sign" } & Wording | { "kind": "winner" } & Wording | { "kind": "topClass" } & Wording | { "kind": "outputSize" } & Wording | { "kind": "tile" } & Tile | { "kind": "pixel" } & Wording | { "kind": "choice" } & Choice | { "kind": "scale" } & Scale | { "kind": "fill" } & Fill;

/**
 * A question with all that it is about: what someone who learns alone asks the server.
 */
export type Asking = {
/**
 * The network.
 */
network: NetworkId,
/**
 * The picture it looks at.
 */
picture: PictureId,
/**
 * What is in view.
 */
focus: Focus,
/**
 * The step at which the window stands, from 0.
 */
step: number,
/**
 * An edited kernel, if there is one.
 */
edit: KernelEdit | null,
/**
 * The question.
 */
question: Asked, };

/**
 * What the class asks, as far as the audience sees it.
 */
export type Asks = {
/**
 * Whether nobody may ask for now.
 */
muted: boolean,
/**
 * The open ones in the order in which they were asked; for staff, the answered ones follow in the order of answering.
 */
list: Array<Ask>, };

/**
 * One cell of one unit's map.
 */
export type Cell = {
/**
 * The layer.
 */
layer: LayerId,
/**
 * Its unit, from 0.
 */
unit: number,
/**
 * The step that computes the cell, from 0.
 */
step: number, };

/**
 * A question with own options.
 */
export type Choice = {
/**
 * The question, at most `QUESTION_CHARS` characters.
 */
text: string,
/**
 * `OPTIONS_LEAST` to `OPTIONS_MOST` different ones, each at most `OPTION_CHARS` characters.
 */
options: Array<string>,
/**
 * The right one, from 0; none where opinions are asked for.
 */
right: number | null,
/**
 * As in `Wording`.
 */
why: string | null, };

/**
 * Milliseconds since the class was opened. 32 bits hold 49 days; a class lives for hours.
 */
export type ClassTime = number;

/**
 * From a browser.
 */
export type ClientMessage = { "type": "hello",
/**
 * `PROTOCOL` as the client knows it.
 */
protocol: number,
/**
 * How the client proves who it is.
 */
credential: Credential,
/**
 * Whether the screen follows, as the client has it (`null` on a first visit).
 */
mode: Mode | null,
/**
 * What it has seen.
 */
have: Versions, } | { "type": "command",
/**
 * Chosen by the client, unique within the connection.
 */
id: number,
/**
 * The wish.
 */
command: Command, } | { "type": "whereabouts",
/**
 * The layer in view, none for the overview.
 */
layer: LayerId | null, } | { "type": "point",
/**
 * Nowhere when it is put away.
 */
at: Aim | null,
/**
 * The stroke, if one has changed.
 */
ink: Ink | null, } | { "type": "ping",
/**
 * The client's own clock, milliseconds, returned as it came.
 */
sent: number, };

/**
 * Over which tiles one colour scale extends. It is always symmetric around zero.
 */
export type ColourScale = "block" | "module" | "global";

/**
 * One wish of one participant.
 */
export type Command = { "type": "chooseNetwork",
/**
 * The network.
 */
network: NetworkId,
/**
 * The first picture to show it with.
 */
picture: PictureId, } | { "type": "choosePicture",
/**
 * The picture.
 */
picture: PictureId, } | { "type": "focus",
/**
 * What to look at.
 */
focus: Focus, } | { "type": "step",
/**
 * The step, from 0.
 */
step: number, } | { "type": "play",
/**
 * The step to start at.
 */
from: number,
/**
 * Steps per second: one of `crate::stage::RATES`.
 */
rate: number, } | { "type": "pause",
/**
 * That step.
 */
step: number, } | { "type": "setScale",
/**
 * The new reach.
 */
scale: ColourScale, } | { "type": "setDetail",
/**
 * Whether they are shown.
 */
detail: boolean, } | { "type": "setReceptiveField",
/**
 * Whether it is marked.
 */
shown: boolean, } | { "type": "editKernel",
/**
 * The kernel, or none.
 */
edit: KernelEdit | null, } | { "type": "setCaption",
/**
 * The sentence.
 */
caption: string | null, } | { "type": "openQuestion",
/**
 * The question.
 */
question: Asked, } | { "type": "closeQuestion" } | { "type": "voteAgain" } | { "type": "reveal" } | { "type": "dismissQuestion" } | { "type": "answer" } & Answer | { "type": "fillCell",
/**
 * Of which question.
 */
question: QuestionId,
/**
 * Which cell, from 0.
 */
cell: number,
/**
 * Its value.
 */
number: Decimal, } | { "type": "takeCell",
/**
 * Of which question.
 */
question: QuestionId, } | { "type": "loadLesson",
/**
 * Which one.
 */
lesson: LessonId, } | { "type": "newLesson",
/**
 * What it is called.
 */
title: string,
/**
 * How long it is meant to take.
 */
minutes: number,
/**
 * The language it will be in, as a tag of BCP 47.
 */
language: string, } | { "type": "leaveLesson" } | { "type": "goToStep",
/**
 * The step, from 0.
 */
step: number, } | { "type": "nextStep" } | { "type": "previousStep" } | { "type": "captureStep",
/**
 * The place it gets, from 0; at most the number of steps.
 */
at: number, } | { "type": "editStep",
/**
 * The step, from 0.
 */
at: number,
/**
 * The sentence for the class, or none.
 */
caption: string | null,
/**
 * For the instructor's eyes.
 */
notes: string,
/**
 * The question that belongs to it, or none.
 */
question: Asked | null, } | { "type": "moveStep",
/**
 * The step, from 0.
 */
from: number,
/**
 * Its place afterwards.
 */
to: number, } | { "type": "removeStep",
/**
 * The step, from 0.
 */
at: number, } | { "type": "undoLesson" } | { "type": "setRoaming",
/**
 * The new freedom.
 */
roaming: Roaming, } | { "type": "gather" } | { "type": "setPaused",
/**
 * Whether the class stands still.
 */
paused: boolean, } | { "type": "follow" } | { "type": "explore" } | { "type": "ask",
/**
 * What one would like to know.
 */
text: string,
/**
 * The view it is about, if about one.
 */
spot: Spot | null,
/**
 * The step at which the kernel stands, from 0.
 */
step: number, } | { "type": "withdrawAsk",
/**
 * What.
 */
ask: AskId, } | { "type": "voteAsk",
/**
 * What.
 */
ask: AskId,
/**
 * Whether the vote is given or taken back.
 */
up: boolean, } | { "type": "markAsk",
/**
 * What.
 */
ask: AskId,
/**
 * Whether it is answered.
 */
answered: boolean, } | { "type": "clearAsk",
/**
 * What.
 */
ask: AskId, } | { "type": "muteAsks",
/**
 * Whether nobody may ask.
 */
muted: boolean, } | { "type": "lost",
/**
 * The view.
 */
spot: Spot | null, } | { "type": "found" } | { "type": "callViews",
/**
 * Whether it is asked for.
 */
called: boolean, } | { "type": "offerView" } & StudentView | { "type": "withdrawView" } | { "type": "clearView",
/**
 * Which; none for all of them.
 */
view: ViewId | null, } | { "type": "showView",
/**
 * Which.
 */
view: ViewId, } | { "type": "returnStage" } | { "type": "rename",
/**
 * Whose name.
 */
seat: SeatId,
/**
 * The new name.
 */
name: string, } | { "type": "lock",
/**
 * Whether the class is closed to newcomers.
 */
locked: boolean, } | { "type": "showCode",
/**
 * Whether it is shown.
 */
shown: boolean, } | { "type": "allowPictures",
/**
 * Whether they may.
 */
allowed: boolean, } | { "type": "remove",
/**
 * Who goes.
 */
seat: SeatId, } | { "type": "handOver",
/**
 * Who drives from now on.
 */
to: SeatId, } | { "type": "end" };

/**
 * How many gave one answer.
 */
export type Count = {
/**
 * The answer.
 */
choice: number,
/**
 * How many gave it: at least 1.
 */
count: number, };

/**
 * How a client proves who it is.
 */
export type Credential = { "kind": "new",
/**
 * `student` or `projector`.
 */
role: Role, } | { "kind": "token",
/**
 * The token.
 */
token: string, } | { "kind": "host",
/**
 * The secret.
 */
secret: string, } | { "kind": "assistant",
/**
 * The secret.
 */
secret: string, };

/**
 * A number as it is displayed: `digits` / 10^`decimals`.
 */
export type Decimal = {
/**
 * All digits, with the sign.
 */
digits: number,
/**
 * How many of them come after the decimal point: at most `DECIMALS_MOST`.
 */
decimals: number, };

/**
 * Why the server closes a connection.
 */
export type Farewell = "ended" | "deleted" | "removed" | "locked" | "full" | "noSuchClass" | "badCredential" | "otherVersion" | "badMessage" | "tooFast" | "restarting" | "silent";

/**
 * A map to be filled, as someone asks for it.
 */
export type Fill = {
/**
 * Which of its cells.
 */
area: Area,
/**
 * As in `crate::asked::Wording`.
 */
text: string | null,
/**
 * As in `crate::asked::Wording`.
 */
why: string | null, };

/**
 * What a cell was filled with.
 */
export type FilledCell = {
/**
 * What is right.
 */
truth: Truth,
/**
 * The number of the class, if there is one.
 */
number: Decimal | null,
/**
 * How many have computed it.
 */
entries: number,
/**
 * How many of them are right.
 */
right: number,
/**
 * Whether the number of the class is wrong: at most half of those who computed it are right.
 */
wrong: boolean, };

/**
 * What is in view.
 */
export type Focus = { "kind": "overview" } | { "kind": "layer",
/**
 * The layer.
 */
layer: LayerId, } | { "kind": "unit",
/**
 * The layer.
 */
layer: LayerId,
/**
 * Channel, or element of a flat layer, from 0.
 */
unit: number, } | { "kind": "link",
/**
 * The layer.
 */
layer: LayerId,
/**
 * Output unit, from 0.
 */
unit: number,
/**
 * Unit of the layer before, from 0.
 */
input: number, } | { "kind": "class",
/**
 * Index of the label, from 0.
 */
class: number, } | { "kind": "hyperparameters" } & Hyperparameters;

/**
 * Input, padding, kernel, stride and dilation, in cells along one axis. Everything is square.
 */
export type Hyperparameters = {
/**
 * Rows (and columns) of the input: 1 to `INPUT_MOST`.
 */
input: number,
/**
 * Rows added on each side: 0 to `PADDING_MOST`.
 */
padding: number,
/**
 * Rows of the kernel: 1 to `KERNEL_MOST`.
 */
kernel: number,
/**
 * Cells from one position of the kernel to the next: 1 to `STRIDE_MOST`.
 */
stride: number,
/**
 * Cells from one weight of the kernel to the next: 1 to `DILATION_MOST`.
 */
dilation: number, };

/**
 * One stroke as the driver's screen has it, whole: whatever was lost of it before does not matter.
 */
export type Ink = {
/**
 * Which stroke.
 */
id: number,
/**
 * All of it.
 */
legs: Array<Leg>, };

/**
 * New weights of one unit. What is not named stays as the network learned it.
 */
export type KernelEdit = {
/**
 * A layer that has kernels.
 */
layer: LayerId,
/**
 * Its unit, from 0.
 */
unit: number,
/**
 * By ascending input, at most `EDITED_WEIGHTS` weights in total.
 */
kernels: Array<KernelWeights>,
/**
 * The bias in thousandths, if it is edited: at most `EDITED_MOST` of either sign.
 */
bias: number | null, };

/**
 * One kernel: the weights from one input unit.
 */
export type KernelWeights = {
/**
 * Unit of the layer before, from 0.
 */
input: number,
/**
 * Row by row, in thousandths: at most `EDITED_MOST` of either sign.
 */
weights: Array<number>, };

/**
 * How many are at one layer.
 */
export type LayerCount = {
/**
 * The layer.
 */
layer: LayerId,
/**
 * How many, at least `GROUP`.
 */
count: number, };

/**
 * A layer by the name of its node in the ONNX graph, for example `conv_1_1`; `input` is the input.
 */
export type LayerId = string;

/**
 * A part of a stroke that is tied to one thing.
 */
export type Leg = {
/**
 * The thing.
 */
thing: Thing,
/**
 * Points in their order, each from the left and from the top, as in `Aim`; at least one.
 */
points: Array<[number, number]>, };

/**
 * A lesson as it is taught.
 */
export type Lesson = {
/**
 * What it is called: 1 to `TITLE_CHARS` characters.
 */
title: string,
/**
 * How long it is meant to take: 1 to `MINUTES_MOST`.
 */
minutes: number,
/**
 * The language of its texts, as a tag of BCP 47, for example `en`.
 */
language: string,
/**
 * The network it is about.
 */
network: NetworkId,
/**
 * The picture it begins with where no step has named one yet and another network was on the stage.
 */
picture: PictureId,
/**
 * At most `LESSON_STEPS`.
 */
steps: Array<LessonStep>, };

/**
 * A lesson by where the server finds it: `NETWORK/LANGUAGE/NAME`, or for one that was sent in 32 hexadecimal digits.
 */
export type LessonId = string;

/**
 * Which lesson the class is in, and where in it: the same for everyone.
 */
export type LessonPlace = {
/**
 * What the lesson is called.
 */
title: string,
/**
 * How long it is meant to take.
 */
minutes: number,
/**
 * The language of its texts.
 */
language: string,
/**
 * The step that was last gone to, from 0; none before the first.
 */
step: number | null,
/**
 * How many steps there are.
 */
count: number,
/**
 * When the first step was gone to.
 */
began: ClassTime | null, };

/**
 * One step.
 */
export type LessonStep = {
/**
 * The sentence for the class, if there is one (R14).
 */
caption: string | null,
/**
 * What is shown; the view of the step before where there is none.
 */
view: LessonView | null,
/**
 * A question to the class that belongs here, if there is one: for the instructor to ask.
 */
question: Asked | null,
/**
 * For the instructor's eyes: at most `NOTES_CHARS` characters, in as many lines as wanted; empty where there are none.
 */
notes: string, };

/**
 * What a step shows.
 */
export type LessonView = {
/**
 * The picture; the one before where there is none.
 */
picture: PictureId | null,
/**
 * What is in view.
 */
focus: Focus,
/**
 * Where the kernel stands, from 0; 0 where there are no steps.
 */
step: number,
/**
 * At how many steps per second the kernel moves on from there; it stands where there is none.
 */
rate: number | null,
/**
 * Reach of the colour scale; as before where there is none.
 */
scale: ColourScale | null,
/**
 * Whether shapes, full names and legends are shown; as before where there is none.
 */
detail: boolean | null,
/**
 * Whether the part of the picture that the open unit sees is marked.
 */
receptiveField: boolean,
/**
 * A kernel that is tried instead of the learned one.
 */
edit: KernelEdit | null, };

/**
 * How many are lost, and when and where they were. For staff alone.
 */
export type Lost = {
/**
 * Now: since the stage shows what it shows.
 */
now: Array<LostCount>,
/**
 * Ever, in the order in which it happened.
 */
moments: Array<LostMoment>, };

/**
 * How many at one view.
 */
export type LostCount = {
/**
 * The view: that of the stage, or one with `GROUP` or more; none for all others together.
 */
spot: Spot | null,
/**
 * How many, at least 1.
 */
count: number, };

/**
 * How many at one view within one minute.
 */
export type LostMoment = {
/**
 * Minute of the class, from 0.
 */
minute: number,
/**
 * The view, as in `LostCount`.
 */
spot: Spot | null,
/**
 * How many, at least 1.
 */
count: number, };

/**
 * A seat's own tap.
 */
export type Mark = {
/**
 * The view; none where the class does not know it.
 */
spot: Spot | null,
/**
 * Whether that was what the stage showed.
 */
onStage: boolean,
/**
 * Minute of the class, from 0.
 */
minute: number, };

/**
 * Whether a student's screen shows the stage.
 */
export type Mode = "following" | "exploring";

/**
 * From when on something was seen.
 */
export type Moment = {
/**
 * When, on the clock of the class; never before the moment before.
 */
at: ClassTime,
/**
 * What.
 */
seen: Seen, };

/**
 * A network by the name of its folder, for example `tiny-vgg`.
 */
export type NetworkId = string;

/**
 * A view on offer, as staff see it.
 */
export type OfferedView = {
/**
 * Its number.
 */
id: ViewId,
/**
 * What it shows.
 */
view: StudentView, };

/**
 * What only those may know who have it.
 */
export type Outcome = {
/**
 * The right answers, ascending; none where no answer is right or wrong.
 */
key: Array<number>,
/**
 * Why they are right.
 */
why: string | null,
/**
 * What was answered in each round that is over.
 */
rounds: Array<Array<Count>>,
/**
 * What each of the cells was filled with; none for other tasks.
 */
cells: Array<FilledCell>, };

/**
 * What one seat asked and voted for, and whether it is lost. Told to that seat alone.
 */
export type OwnAsks = {
/**
 * What it asked, ascending.
 */
asked: Array<AskId>,
/**
 * What it voted for, in the order of voting.
 */
voted: Array<AskId>,
/**
 * Where it is lost, if it said so and the stage has not moved on.
 */
lost: Mark | null, };

/**
 * A cell that was dealt to a seat.
 */
export type OwnCell = {
/**
 * Of which question.
 */
question: QuestionId,
/**
 * Which of the cells that are filled, from 0.
 */
cell: number,
/**
 * What the seat has computed for it, if it has.
 */
number: Decimal | null, };

/**
 * The pace of the class.
 */
export type Pace = {
/**
 * How freely students explore.
 */
roaming: Roaming,
/**
 * Position in the network of the furthest layer shown so far, from 0 (the input).
 */
taught: number,
/**
 * When everyone was last called back to the stage, if ever. A screen that explores goes back `GATHER_MS` later.
 */
gathered: ClassTime | null,
/**
 * Whether every student's screen stays as it is and takes no touch.
 */
paused: boolean, };

/**
 * What an explanation consists of.
 */
export type Part = "kernel" | "intermediate" | "sum" | "bias" | "total" | "softmax" | "source" | "output" | "formula" | "arithmetic" | "channels" | "strip";

/**
 * How far a question has come.
 */
export type Phase = "open" | "closed" | "revealed";

/**
 * A picture by its content: 32 lower-case hexadecimal digits, the first half of a SHA-256.
 */
export type PictureId = string;

/**
 * Where the kernel is, as a function of the class clock. A step is one output position, row by row.
 */
export type Playback = { "kind": "paused",
/**
 * The step, from 0.
 */
step: number, } | { "kind": "playing",
/**
 * The step at `since`.
 */
from: number,
/**
 * When it began to move.
 */
since: ClassTime,
/**
 * Steps per second: one of `RATES`.
 */
rate: number, };

/**
 * What the driver points at, as everyone sees it.
 */
export type Pointer = {
/**
 * Where the pointer is; nowhere when it is put away.
 */
at: Aim | null,
/**
 * Ink, the oldest first; at most `STROKES`.
 */
strokes: Array<Stroke>, };

/**
 * The topic `question`: what an audience may know of the question before the class.
 */
export type Question = {
/**
 * Number of the question within the class, from 1.
 */
id: QuestionId,
/**
 * What is answered.
 */
task: Task,
/**
 * Instead of the standard wording.
 */
text: string | null,
/**
 * How far it has come.
 */
phase: Phase,
/**
 * From 1 to `ROUNDS`.
 */
round: number,
/**
 * How many have answered in this round.
 */
answered: number,
/**
 * The cells that someone has filled, ascending; none for other tasks.
 */
filled: Array<number>,
/**
 * What is right and what was answered. For the room: none before the reveal.
 */
outcome: Outcome | null, };

/**
 * A question by its number within the class, from 1 in the order in which they were asked.
 */
export type QuestionId = number;

/**
 * A network that was on the stage.
 */
export type RecordedNetwork = {
/**
 * Its name.
 */
id: NetworkId,
/**
 * The digest of its file; none where that was not there any more.
 */
digest: string | null, };

/**
 * A picture in the file.
 */
export type RecordedPicture = {
/**
 * Its name.
 */
picture: PictureId,
/**
 * The picture as a PNG, in base64 (RFC 4648, section 4).
 */
png: string, };

/**
 * What everyone saw of a class.
 */
export type Recording = {
/**
 * That it is one.
 */
kind: RecordingKind,
/**
 * `RECORDING_VERSION` of whoever wrote it.
 */
version: number,
/**
 * When the class was opened, in milliseconds since 1970.
 */
openedAt: number,
/**
 * How long the class was, in ms.
 */
length: ClassTime,
/**
 * The networks that were on the stage.
 */
networks: Array<RecordedNetwork>,
/**
 * What the class was asked, in order, with what was answered, and what was right where it was revealed (R148, R154).
 */
questions: Array<ReportedQuestion>,
/**
 * What was seen, in order. The first are at 0 and have the stage.
 */
moments: Array<Moment>,
/**
 * Pictures that were sent in by someone, and that came to the file: those that are not in it were not there any more.
 */
pictures: Array<RecordedPicture>, };

/**
 * By what a file is known to be a recording.
 */
export type RecordingKind = "convocation-recording";

/**
 * The reason, with words for the person in `Display`.
 */
export type Rejection = "ended" | "unknownSeat" | "notDriver" | "notAllowed" | "unknownNetwork" | "unknownPicture" | "unknownLayer" | "unknownUnit" | "unknownLink" | "unknownClass" | "noOutput" | "badKernel" | "unknownLesson" | "noLesson" | "unknownStep" | "otherNetwork" | "lessonFull" | "noSteps" | "stepOutOfRange" | "unknownRate" | "badText" | "badQuestion" | "notAskable" | "questionOpen" | "noQuestion" | "unknownAnswer" | "unknownCell" | "noCell" | "noVote" | "together" | "paused" | "locked" | "full" | "hostStays" | "asksMuted" | "tooManyAsks" | "asksFull" | "unknownAsk" | "ownAsk" | "viewsFull" | "unknownView" | "busy";

/**
 * What happened in a class, as far as it is written down for good.
 */
export type Report = {
/**
 * Minutes from the opening until the end, or until something happened last; those begun count.
 */
minutes: number,
/**
 * Whether the class is over.
 */
ended: boolean,
/**
 * Whether the host keeps the recording.
 */
kept: boolean,
/**
 * Titles of the lessons that were begun, each once, in order.
 */
lessons: Array<string>,
/**
 * Students who came and were not sent away.
 */
students: number,
/**
 * What the class was asked, in order.
 */
questions: Array<ReportedQuestion>,
/**
 * Where and when students were lost, in the order in which it happened. The place is told of groups of `GROUP` or more.
 */
lost: Array<LostMoment>,
/**
 * What students asked and nobody took back or cleared: most votes first, among equals in the order of asking.
 */
asks: Array<ReportedAsk>, };

/**
 * What a student asked.
 */
export type ReportedAsk = {
/**
 * The words.
 */
text: string,
/**
 * The view that it is about.
 */
spot: Spot | null,
/**
 * How many others would have liked to know it, too.
 */
votes: number,
/**
 * Whether it was answered.
 */
answered: boolean, };

/**
 * One question to the class, and what came of it.
 */
export type ReportedQuestion = {
/**
 * Its number within the class, from 1.
 */
id: QuestionId,
/**
 * Minute of the class in which it was asked, from 0.
 */
minute: number,
/**
 * The network that was on the stage.
 */
network: NetworkId,
/**
 * What was answered.
 */
task: Task,
/**
 * Instead of the standard wording.
 */
text: string | null,
/**
 * The right answers, ascending; none where no answer is right or wrong.
 */
key: Array<number>,
/**
 * Why they are right.
 */
why: string | null,
/**
 * What was answered in each round, answers that nobody gave left out.
 */
rounds: Array<Array<Count>>,
/**
 * What each cell of the map that was filled was filled with; none for other tasks, nor in a recording before the reveal.
 */
cells: Array<FilledCell>, };

/**
 * A question with everything that the network on the stage says about it.
 */
export type Resolved = {
/**
 * What is answered.
 */
task: Task,
/**
 * Instead of the standard wording.
 */
text: string | null,
/**
 * The right answers, ascending; none where no answer is right or wrong.
 */
key: Array<number>,
/**
 * What is right for each of the cells that are filled; none for other tasks.
 */
truth: Array<Truth>,
/**
 * Why they are right.
 */
why: string | null,
/**
 * The step at which the stage stands while the question is before the class; none where it has no steps.
 */
step: number | null, };

/**
 * How freely students explore.
 */
export type Roaming = "free" | "taught" | "together";

/**
 * What a participant may do.
 */
export type Role = "host" | "assistant" | "student" | "projector";

/**
 * The door, the wheel, and what may be brought along.
 */
export type Room = {
/**
 * Whether newcomers are kept out.
 */
locked: boolean,
/**
 * Whether students may explore with pictures of their own.
 */
ownPictures: boolean,
/**
 * Who drives: always host or assistant.
 */
driver: SeatId,
/**
 * Whether the class is over.
 */
ended: boolean,
/**
 * Whether projectors show how to join, filling the screen.
 */
codeShown: boolean, };

/**
 * Who is here, as far as the audience may know.
 */
export type Roster = {
/**
 * Students with a connection.
 */
present: number,
/**
 * Of those, how many follow.
 */
following: number,
/**
 * Whether the driver has a connection: 'the instructor is offline' when not.
 */
driverPresent: boolean,
/**
 * Staff only (empty for the room): every seat, students in order of arrival.
 */
seats: Array<RosterSeat>,
/**
 * Staff only (empty for the room): how many exploring students are at each layer, for groups of
 * `GROUP` or more.
 */
whereabouts: Array<LayerCount>, };

/**
 * One line of the roster.
 */
export type RosterSeat = {
/**
 * Which seat.
 */
id: SeatId,
/**
 * What it may do.
 */
role: Role,
/**
 * How it is called.
 */
name: string,
/**
 * Whether it shows the stage.
 */
mode: Mode,
/**
 * Whether it has a connection.
 */
present: boolean, };

/**
 * A question with a scale.
 */
export type Scale = {
/**
 * The question, at most `QUESTION_CHARS` characters.
 */
text: string,
/**
 * What the first step means, at most `OPTION_CHARS` characters.
 */
low: string,
/**
 * What the last step means, at most `OPTION_CHARS` characters.
 */
high: string,
/**
 * `SCALE_LEAST` to `SCALE_MOST`.
 */
steps: number,
/**
 * As in `Wording`.
 */
why: string | null, };

/**
 * What only staff see of a lesson: all of it.
 */
export type Script = {
/**
 * The network the lesson is about.
 */
network: NetworkId,
/**
 * See `Lesson::picture`.
 */
picture: PictureId,
/**
 * Its steps, with notes.
 */
steps: Array<LessonStep>,
/**
 * Whether there is a change that can be undone.
 */
canUndo: boolean, };

/**
 * One participant.
 */
export type Seat = {
/**
 * Which seat.
 */
id: SeatId,
/**
 * What it may do.
 */
role: Role,
/**
 * How it is called, 1 to `NAME_CHARS` characters.
 */
name: string,
/**
 * Whether it shows the stage.
 */
mode: Mode,
/**
 * What it asked and voted for. Told to nobody else.
 */
asks: OwnAsks,
/**
 * What it answered to the question before the class, one per round. Told to nobody else.
 */
answers: Array<Answer>,
/**
 * The view that it offers to the class, if it does. Told to nobody else.
 */
offered: ViewId | null,
/**
 * The cells that it computes of the map that the class fills, in the order in which they were dealt. Told to nobody else.
 */
cells: Array<OwnCell>, };

/**
 * A place in a class, numbered from 0 (the host) in order of arrival. Never reused.
 */
export type SeatId = number;

/**
 * What became another.
 */
export type Seen = { "topic": "stage", "value": Stage } | { "topic": "playback", "value": Playback } | { "topic": "lesson", "value": LessonPlace | null } | { "topic": "question", "value": Question | null } | { "topic": "answered", "value": number };

/**
 * To a browser.
 */
export type ServerMessage = { "type": "welcome",
/**
 * `PROTOCOL` of the server.
 */
protocol: number,
/**
 * Which build of its pages the server has; empty where it has none. A page of another one is better loaded anew.
 */
build: string,
/**
 * The receiver's seat.
 */
seat: Seat,
/**
 * For a newcomer: the token to come back with. Kept by the client, never shown.
 */
token: string | null,
/**
 * The class clock now.
 */
clock: ClassTime, } | { "type": "frame",
/**
 * Its version.
 */
version: Version,
/**
 * Its name and value.
 */
frame: TopicValue, } | { "type": "done",
/**
 * The command's id.
 */
id: number, } | { "type": "rejected",
/**
 * The command's id.
 */
id: number,
/**
 * Machine-readable reason.
 */
reason: Rejection,
/**
 * The reason in English words.
 */
message: string, } | { "type": "pong",
/**
 * As it came.
 */
sent: number,
/**
 * The class clock when the ping was read.
 */
clock: ClassTime, } | { "type": "bye",
/**
 * Why.
 */
reason: Farewell, };

/**
 * Size of a map.
 */
export type Size = {
/**
 * Rows.
 */
rows: number,
/**
 * Columns.
 */
columns: number, };

/**
 * A view without its moment: what is looked at, of which network.
 */
export type Spot = {
/**
 * The network.
 */
network: NetworkId,
/**
 * What is in view.
 */
focus: Focus, };

/**
 * Everything the class looks at.
 */
export type Stage = {
/**
 * The network shown.
 */
network: NetworkId,
/**
 * The picture it looks at.
 */
picture: PictureId,
/**
 * What is in view.
 */
focus: Focus,
/**
 * Where the kernel is. `Paused { step: 0 }` where the focus has no steps.
 */
playback: Playback,
/**
 * Reach of the colour scale.
 */
scale: ColourScale,
/**
 * Whether shapes, full names and legends are shown.
 */
detail: boolean,
/**
 * Whether the part of the picture that the open unit sees at the current step is marked.
 */
receptiveField: boolean,
/**
 * A kernel that is tried instead of the learned one, if one is.
 */
edit: KernelEdit | null,
/**
 * A sentence for the class, at most `CAPTION_CHARS` characters.
 */
caption: string | null, };

/**
 * One line of ink.
 */
export type Stroke = {
/**
 * Chosen by the driver's screen: the same stroke, longer, has the same number.
 */
id: number,
/**
 * When it last grew: it is seen for `INK_MS` from then on.
 */
drawn: ClassTime,
/**
 * From its beginning to its end, at most `STROKE_POINTS` points together.
 */
legs: Array<Leg>, };

/**
 * What someone sees who explores: all that puts the stage there.
 */
export type StudentView = {
/**
 * The network.
 */
network: NetworkId,
/**
 * What is shown of it; the picture is named.
 */
view: LessonView, };

/**
 * What is answered. Every answer is a number from 0, below `Task::answers`; cells are filled with their values.
 */
export type Task = { "kind": "value",
/**
 * Where.
 */
cell: Cell,
/**
 * The options; all differ.
 */
numbers: Array<Decimal>, } | { "kind": "sign",
/**
 * Where.
 */
cell: Cell, } | { "kind": "winner",
/**
 * Where.
 */
cell: Cell,
/**
 * Rows of the window.
 */
rows: number,
/**
 * Columns of the window.
 */
columns: number,
/**
 * What the window lies on, row by row; none beside the map.
 */
numbers: Array<Decimal | null>, } | { "kind": "topClass",
/**
 * Indices of labels, ascending.
 */
classes: Array<number>, } | { "kind": "outputSize",
/**
 * The layer; none for the hyperparameters on the stage.
 */
layer: LayerId | null,
/**
 * The options; all differ.
 */
sizes: Array<Size>, } | { "kind": "tile",
/**
 * The layer.
 */
layer: LayerId,
/**
 * How many units it has.
 */
units: number, } | { "kind": "pixel",
/**
 * The layer.
 */
layer: LayerId,
/**
 * The unit, from 0.
 */
unit: number,
/**
 * Rows of the map.
 */
rows: number,
/**
 * Columns of the map.
 */
columns: number, } | { "kind": "choice",
/**
 * The options.
 */
options: Array<string>, } | { "kind": "scale",
/**
 * What the first step means.
 */
low: string,
/**
 * What the last step means.
 */
high: string,
/**
 * How many steps there are.
 */
steps: number, } | { "kind": "fill",
/**
 * The layer.
 */
layer: LayerId,
/**
 * The unit, from 0.
 */
unit: number,
/**
 * The only input whose part is computed, without the bias; none where all count.
 */
input: number | null,
/**
 * Rows of the cells.
 */
rows: number,
/**
 * Columns of the cells.
 */
columns: number,
/**
 * The step that computes each of the cells, row by row, ascending.
 */
steps: Array<number>,
/**
 * Decimals with which the numbers are written that are calculated with.
 */
shown: number,
/**
 * Decimals that an answer has.
 */
decimals: number, };

/**
 * What a point is tied to.
 */
export type Thing = { "kind": "unit",
/**
 * The layer.
 */
layer: LayerId,
/**
 * The unit, from 0.
 */
unit: number, } | { "kind": "part",
/**
 * Which part.
 */
part: Part,
/**
 * The unit of the layer before that the part belongs to, if it belongs to one.
 */
input: number | null, };

/**
 * A question about the tiles of a layer.
 */
export type Tile = {
/**
 * The layer; when absent, the one that is open on the stage.
 */
layer: LayerId | null,
/**
 * As in `Wording`.
 */
text: string | null,
/**
 * As in `Wording`.
 */
why: string | null, };

/**
 * A topic's value with its name.
 */
export type TopicValue = { "topic": "stage", "value": Stage } | { "topic": "pace", "value": Pace } | { "topic": "room", "value": Room } | { "topic": "lesson", "value": LessonPlace | null } | { "topic": "script", "value": Script | null } | { "topic": "roster", "value": Roster } | { "topic": "pointer", "value": Pointer } | { "topic": "question", "value": Question | null } | { "topic": "seat", "value": Seat } | { "topic": "asks", "value": Asks } | { "topic": "lost", "value": Lost | null } | { "topic": "views", "value": Views };

/**
 * What is right for a cell.
 */
export type Truth = {
/**
 * The cell's value, rounded.
 */
number: Decimal,
/**
 * By how many units of the last digit of `number` someone may be off who calculated with rounded numbers.
 */
tolerance: number, };

/**
 * A version of a topic. Only grows while a class exists, also across restarts of the server.
 */
export type Version = number;

/**
 * The newest versions a client has; 0 where it has none.
 */
export type Versions = {
/**
 * Of the stage.
 */
stage: Version,
/**
 * Of the pace.
 */
pace: Version,
/**
 * Of the room.
 */
room: Version,
/**
 * Of the lesson.
 */
lesson: Version,
/**
 * Of the lesson's script.
 */
script: Version,
/**
 * Of the roster.
 */
roster: Version,
/**
 * Of the pointer.
 */
pointer: Version,
/**
 * Of the question.
 */
question: Version,
/**
 * Of the own seat.
 */
seat: Version,
/**
 * Of what students ask.
 */
asks: Version,
/**
 * Of where they are lost.
 */
lost: Version,
/**
 * Of the views that they offer.
 */
views: Version, };

/**
 * An offered view, by its number within the class, from 1 in the order in which they were offered. Never reused.
 */
export type ViewId = number;

/**
 * Views of students, as far as the audience may know.
 */
export type Views = {
/**
 * Whether the instructor asks for views.
 */
called: boolean,
/**
 * The one that the stage shows, if it shows one; also when it is not on offer any more.
 */
onStage: ViewId | null,
/**
 * Staff only (`false` for the room): whether the class can go back to where it was before it was shown one.
 */
canReturn: boolean,
/**
 * Staff only (empty for the room): those on offer, ascending.
 */
offered: Array<OfferedView>, };

/**
 * Words around a question that the network answers.
 */
export type Wording = {
/**
 * Instead of the standard wording, at most `QUESTION_CHARS` characters.
 */
text: string | null,
/**
 * Why the right answer is right, shown with it; at most `QUESTION_CHARS` characters.
 */
why: string | null, };
