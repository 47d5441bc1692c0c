/** The Chromium of the machine, without a window. */
import { chromium, type Browser } from 'playwright-core';

/**
 * What a browser without a window need not do. The suggestions below the address line are two pages of their own for each of ours: a second of
 * work. The rest is what Playwright turns off, too; the last list given is the one that counts.
 */
const DISABLED = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'Translate',
];

const SWITCHES = [
  `--disable-features=${DISABLED.join()}`,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts it; `CHROMIUM` names another one than Debian's. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: SWITCHES });
}
