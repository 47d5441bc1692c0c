import { expect, test } from 'vitest';

import { joinAddress, joinOrigins, typedOrigin } from './join';

const at = (href: string): URL => new URL(href);
const LAN = ['http://192.168.1.5:8080', 'http://10.0.0.7:8080'];

test.each(['http://localhost:8080/', 'http://127.0.0.1:8080/', 'http://127.9.9.9/', 'http://[::1]:8080/'])(
  'from %s others join at an address of the network',
  (href) => {
    expect(joinOrigins(at(href), LAN)).toEqual(LAN);
    expect(joinOrigins(at(href), [])).toEqual([]);
    expect(joinOrigins(at(href), ['http://localhost:8080'])).toEqual([]);
  },
);

test('an address that brought the instructor here is the best for everyone, and is not offered twice', () => {
  expect(joinOrigins(at('https://class.example.org/'), [])).toEqual(['https://class.example.org']);
  expect(joinOrigins(at('http://10.0.0.7:8080/'), LAN)).toEqual([
    'http://10.0.0.7:8080',
    'http://192.168.1.5:8080',
  ]);
});

test('a host that only looks like this machine is another one', () => {
  expect(joinOrigins(at('http://127.example.org/'), [])).toEqual(['http://127.example.org']);
  expect(joinOrigins(at('http://localhost.example.org/'), [])).toEqual(['http://localhost.example.org']);
});

test('the address of a class is short', () => {
  expect(joinAddress('http://10.0.0.7:8080', 'ABC234')).toBe('http://10.0.0.7:8080/c/ABC234');
});

test('whoever types an address is told of HTTPS, and not of HTTP', () => {
  expect(typedOrigin('http://10.0.0.7:8080')).toBe('10.0.0.7:8080');
  expect(typedOrigin('https://10.0.0.7:8443')).toBe('https://10.0.0.7:8443');
  expect(typedOrigin('https://http.example.org')).toBe('https://http.example.org');
});
