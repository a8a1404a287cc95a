/** Draws the icon: a coin with a tally of four strokes and one across. */

/** SVG, 32 by 32; the same on light and dark ground. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<circle cx="16" cy="16" r="15" fill="#ffcf33" stroke="#2b2407" stroke-width="2"/>
<path d="M10 9v14M14 9v14M18 9v14M22 9v14M7 21 25 11" fill="none" stroke="#2b2407" stroke-width="2" stroke-linecap="round"/>
</svg>
`
