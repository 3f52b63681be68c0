/** The revocation timeline. */
export const timeline = `
.timeline { margin: 0 0 2rem; }
.timeline figcaption { margin-bottom: 0.75rem; }
.timeline figcaption code { margin-right: 0.75em; color: var(--soft); }
.timeline .calm { font-weight: 600; }
.timeline figcaption .late { font-weight: 700; color: var(--bad); }
.timeline svg { display: block; width: 100%; height: auto; background: var(--well); }
.timeline rect.window { fill: var(--known-wash); }
.timeline line.end { stroke: var(--ink); stroke-width: 1.5; }
.timeline rect.accepted { fill: var(--good); }
.timeline rect.refused { fill: var(--none); opacity: 0.55; }
.timeline rect.late { fill: var(--bad); }
.timeline text.label { font: 600 11px var(--sans); fill: var(--ink); }
.timeline text.far { text-anchor: end; }
.timeline .legend { margin-top: 0.5rem; font-size: 0.875rem; }
.timeline .legend span { margin-right: 1.25em; }
.timeline .legend .accepted { color: var(--good); }
.timeline .legend .refused { color: var(--none); }
.timeline .legend .late { color: var(--bad); }
`;
