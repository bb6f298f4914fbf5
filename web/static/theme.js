// Before the first paint, so that a person's choice never flashes the other theme.
const choice = localStorage.getItem('partyline.theme')
if (choice === 'light' || choice === 'dark') document.documentElement.dataset.theme = choice
