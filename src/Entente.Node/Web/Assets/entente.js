// What the pages need beside Blazor's own script. Everything works without it, only less comfortably.
(() => {
    'use strict';

    // A menu closes by Escape, and by a click beside it.
    document.addEventListener('keydown', event => {
        if (event.key !== 'Escape') return;
        const open = document.querySelector('details.menu[open]');
        if (!open) return;
        open.open = false;
        open.querySelector('summary').focus();
    });
    document.addEventListener('click', event => {
        for (const menu of document.querySelectorAll('details.menu[open]'))
            if (!menu.contains(event.target)) menu.open = false;
    });

    // Up and down choose a result; they must not move the cursor as well.
    document.addEventListener('keydown', event => {
        if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && event.target.matches('[role="combobox"]')) event.preventDefault();
    });

    // "/" goes to the field that the page is about.
    document.addEventListener('keydown', event => {
        if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.target.closest('input, textarea, select, [contenteditable]')) return;
        const field = document.querySelector('[data-main-field]');
        if (!field) return;
        event.preventDefault();
        field.focus();
    });

    // A reason that was written before fills the field.
    document.addEventListener('change', event => {
        const field = event.target.dataset?.fills && document.getElementById(event.target.dataset.fills);
        if (field && event.target.value) field.value = event.target.value;
    });

    // The connection of a page that answers as one types.
    const lost = document.getElementById('components-reconnect-modal');
    lost?.addEventListener('components-reconnect-state-changed', event => {
        if (event.detail.state === 'show' && !lost.open) lost.showModal();
        else if (event.detail.state === 'hide' && lost.open) lost.close();
        else if (event.detail.state === 'rejected') location.reload();
    });
    document.getElementById('reconnect-reload')?.addEventListener('click', () => location.reload());
})();
