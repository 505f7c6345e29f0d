/**
 * @module
 * The commands of `npm run sale`, by when they are needed. Each is a file of its own, and loaded when it is typed: all of
 * them together, with the clients of AWS that they talk through, take a second.
 */

import type { Command } from 'commander';

export type Commands = Readonly<Record<string, () => Promise<Command>>>;

export const GROUPS: Readonly<Record<string, Commands>> = {
  'Plan:': {
    plan: async () => (await import('./plan.ts')).planCommand(),
    import: async () => (await import('./import.ts')).importCommand(),
    products: async () => (await import('./products.ts')).productsCommand(),
    drafts: async () => (await import('./drafts.ts')).draftsCommand(),
    check: async () => (await import('./check.ts')).checkCommand(),
    code: async () => (await import('./code.ts')).codeCommand(),
  },
  'Before the sale:': {
    deploy: async () => (await import('./deploy.ts')).deployCommand(),
    publish: async () => (await import('./publish.ts')).publishCommand(),
    preflight: async () => (await import('./preflight.ts')).preflightCommand(),
    draw: async () => (await import('./draw.ts')).drawCommand(),
    warm: async () => (await import('./warm.ts')).warmCommand(),
  },
  'On the night:': {
    list: async () => (await import('./list.ts')).listCommand(),
    show: async () => (await import('./show.ts')).showCommand(),
    watch: async () => (await import('./watch.ts')).watchCommand(),
    pause: async () => (await import('./pause.ts')).pauseCommand(),
    resume: async () => (await import('./resume.ts')).resumeCommand(),
    restock: async () => (await import('./restock.ts')).restockCommand(),
    extend: async () => (await import('./extend.ts')).extendCommand(),
    close: async () => (await import('./close.ts')).closeCommand(),
    repair: async () => (await import('./repair.ts')).repairCommand(),
    redrive: async () => (await import('./redrive.ts')).redriveCommand(),
  },
  'After the sale:': {
    audit: async () => (await import('./audit.ts')).auditCommand(),
    reconcile: async () => (await import('./reconcile.ts')).reconcileCommand(),
    refund: async () => (await import('./refund.ts')).refundCommand(),
    export: async () => (await import('./export.ts')).exportCommand(),
    slots: async () => (await import('./slots.ts')).slotsCommand(),
    return: async () => (await import('./return.ts')).returnCommand(),
    suspects: async () => (await import('./suspects.ts')).suspectsCommand(),
    log: async () => (await import('./log.ts')).logCommand(),
    forget: async () => (await import('./forget.ts')).forgetCommand(),
  },
  'Keys and abuse:': {
    keys: async () => (await import('./keys.ts')).keysCommand(),
    block: async () => (await import('./block.ts')).blockCommand(),
  },
};
