// Tells whether this device gets through, and tries whether a WebSocket does. Two pings: the second is sent when the first was answered.
const WORDS = {
  en: {
    title: 'This device gets through.',
    trying: 'Trying a live connection…',
    works: 'Live connections work, too.',
    blocked: 'Live connections are blocked on the way here. Classes work all the same, by a slower way.',
    next: 'You can close this page.',
  },
  de: {
    title: 'Dieses Gerät kommt durch.',
    trying: 'Eine Live-Verbindung wird versucht …',
    works: 'Live-Verbindungen klappen auch.',
    blocked:
      'Live-Verbindungen sind auf dem Weg hierher gesperrt. Der Unterricht klappt trotzdem, auf einem langsameren Weg.',
    next: 'Du kannst diese Seite schließen.',
  },
  es: {
    title: 'Este dispositivo llega.',
    trying: 'Probando una conexión en directo…',
    works: 'Las conexiones en directo también funcionan.',
    blocked:
      'Las conexiones en directo están bloqueadas en el camino. Las clases funcionan igualmente, por una vía más lenta.',
    next: 'Puedes cerrar esta página.',
  },
  zh: {
    title: '此设备可以连通。',
    trying: '正在尝试实时连接……',
    works: '实时连接也可用。',
    blocked: '途中的网络阻止了实时连接。课堂仍可使用，只是走较慢的方式。',
    next: '可以关闭此页面了。',
  },
};
const PATIENCE_MS = 5000;

const language = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in WORDS) ?? 'en';
const words = WORDS[language];
document.documentElement.lang = language;
const say = (id, text) => (document.getElementById(id).textContent = text);
say('title', words.title);
say('socket', words.trying);

let isDone = false;
const done = (works) => {
  if (isDone) return;
  isDone = true;
  say('socket', works ? words.works : words.blocked);
  say('next', words.next);
  if (!works) void fetch('/blocked', { method: 'POST' });
};
const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/socket`);
const ping = (sent) => socket.send(JSON.stringify({ type: 'ping', sent }));
socket.onopen = () => ping(1);
socket.onmessage = ({ data }) => {
  if (JSON.parse(data).sent === 1) return ping(2);
  done(true);
  socket.close();
};
socket.onclose = () => done(false);
setTimeout(() => done(false), PATIENCE_MS);
