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

    // Ctrl+Enter in a field of several lines sends its form.
    document.addEventListener('keydown', event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.matches?.('[data-sends]')) event.target.form.requestSubmit();
    });

    // Rows are chosen: one by one, all, or from one to another with Shift; up and down go from row to row.
    const numbersOf = () => new Intl.NumberFormat(document.documentElement.lang === 'ar' ? 'ar-u-nu-latn' : document.documentElement.lang);
    const boxesOf = form => [...form.querySelectorAll('tbody input[type=checkbox]')];
    const count = form => {
        const boxes = boxesOf(form), chosen = boxes.filter(box => box.checked).length, all = form.querySelector('[data-all]');
        const shown = form.querySelector('[data-chosen]');
        if (!all || !shown) return;
        shown.textContent = numbersOf().format(chosen);
        all.checked = chosen > 0 && chosen === boxes.length;
        all.indeterminate = chosen > 0 && chosen < boxes.length;
        form.querySelector('button[type=submit]').disabled = chosen === 0;
    };
    let from = null;
    document.addEventListener('click', event => {
        const box = event.target, form = box.closest?.('[data-choose]');
        if (!form || box.type !== 'checkbox') return;
        const boxes = boxesOf(form);
        if (box.matches('[data-all]')) for (const one of boxes) one.checked = box.checked;
        else if (event.shiftKey && from?.isConnected) {
            const [a, b] = [boxes.indexOf(from), boxes.indexOf(box)].sort((x, y) => x - y);
            for (const one of boxes.slice(a, b + 1)) one.checked = box.checked;
        }
        if (!box.matches('[data-all]')) from = box;
        count(form);
    });
    document.addEventListener('keydown', event => {
        const form = event.target.closest?.('[data-choose]'), row = event.target.closest?.('tbody tr');
        if (!form || !row || event.ctrlKey || event.metaKey || event.altKey) return;
        const rows = [...row.parentElement.rows], at = rows.indexOf(row);
        const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
        if (to === undefined || !rows[to]) return;
        event.preventDefault();
        const kind = event.target.type === 'checkbox' ? 'input[type=checkbox]' : 'a';
        const next = rows[to].querySelector(kind);
        next.focus();
        if (event.shiftKey && kind !== 'a') { next.checked = event.target.checked; from = next; count(form); }
    });
    // The next page of rows is put in the place of this one: nothing of it is chosen.
    const recount = afresh => {
        for (const form of document.querySelectorAll('[data-choose]')) {
            if (afresh) for (const box of boxesOf(form)) box.checked = false;
            count(form);
        }
    };
    document.addEventListener('DOMContentLoaded', () => recount(false));
    if (document.readyState !== 'loading') recount(false);
    window.addEventListener('pageshow', () => recount(false));
    window.Blazor?.addEventListener?.('enhancedload', () => recount(true));

    // A file is dragged to its place, sent, and its way watched.
    const place = event => event.target.closest?.('[data-drop]');
    for (const kind of ['dragover', 'dragleave', 'drop']) {
        document.addEventListener(kind, event => {
            const drop = place(event);
            if (!drop) return;
            event.preventDefault();
            drop.classList.toggle('drop-over', kind === 'dragover');
            if (kind !== 'drop' || !event.dataTransfer.files.length) return;
            const field = drop.querySelector('input');
            field.files = event.dataTransfer.files;
            field.dispatchEvent(new Event('change', { bubbles: true }));
        });
    }
    document.addEventListener('change', event => {
        const drop = event.target.type === 'file' && place(event);
        if (drop) drop.querySelector('[data-file-name]').textContent = event.target.files[0]?.name ?? '';
    });
    document.addEventListener('submit', event => {
        const form = event.target;
        if (!form.matches('[data-upload]')) return;
        event.preventDefault();
        const file = form.querySelector('input[type=file]').files[0];
        if (!file) return;
        const [sent, said] = [form.querySelector('[data-sent]'), form.querySelector('[data-said]')];
        const options = new URLSearchParams({ [form.dataset.fileAs || 'name']: file.name });
        for (const option of form.querySelectorAll('[data-option]'))
            if (option.value && (option.type !== 'checkbox' || option.checked)) options.set(option.dataset.option, option.value);
        const filled = address => address.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(form.querySelector(`[data-part="${name}"]`).value));
        const request = new XMLHttpRequest();
        request.open('POST', `${filled(form.dataset.upload)}?${options}`);
        request.setRequestHeader('Content-Type', 'application/octet-stream');
        request.setRequestHeader('Accept', 'application/json');
        request.upload.onprogress = progress => { if (progress.lengthComputable) sent.value = progress.loaded / progress.total; };
        request.onloadend = () => {
            sent.hidden = true;
            if (request.status >= 200 && request.status < 300) {
                if (form.dataset.then) location.assign(filled(form.dataset.then)); else location.reload();
                return;
            }
            let detail = '';
            try { detail = JSON.parse(request.responseText).detail ?? ''; } catch { /* no words of the node */ }
            said.replaceChildren(`${form.dataset.textFailed} `, Object.assign(document.createElement('span'), { lang: 'en', dir: 'ltr', className: 'small', textContent: detail }));
        };
        sent.hidden = false;
        said.textContent = form.dataset.textSending;
        request.send(file);
    }, true);

    // What runs tells how far it is.
    const watched = new WeakSet();
    const watch = () => {
        for (const job of document.querySelectorAll('[data-events]')) {
            if (watched.has(job)) continue;
            watched.add(job);
            const events = new EventSource(job.dataset.events);
            const numbers = numbersOf();
            const show = event => {
                if (!job.isConnected) { events.close(); return; }
                const now = JSON.parse(event.data);
                const share = job.querySelector('[data-share]');
                if (share) share.value = now.share;
                for (const name of ['rows', 'matched', 'unscreened'])
                    job.querySelector(`[data-${name}]`).textContent = numbers.format(now[name]);
            };
            events.addEventListener('progress', show);
            events.addEventListener('end', event => { show(event); events.close(); location.reload(); });
        }
    };
    document.addEventListener('DOMContentLoaded', watch);
    if (document.readyState !== 'loading') watch();
    window.Blazor?.addEventListener?.('enhancedload', watch);

    // The feed says that there is more of it.
    const follow = () => {
        for (const notice of document.querySelectorAll('[data-feed]')) {
            if (watched.has(notice)) continue;
            watched.add(notice);
            const events = new EventSource(notice.dataset.feed);
            const show = () => { events.close(); notice.hidden = false; };
            for (const type of ['match.new', 'match.ended', 'alert.raised', 'alert.reopened', 'alert.decided', 'alert.withdrawn', 'lists.changed', 'webhook.tested'])
                events.addEventListener(type, show);
            // Whoever goes to another page leaves none behind.
            events.addEventListener('ready', () => { if (!notice.isConnected) events.close(); });
        }
    };
    document.addEventListener('DOMContentLoaded', follow);
    if (document.readyState !== 'loading') follow();
    window.Blazor?.addEventListener?.('enhancedload', follow);

    // The connection of a page that answers as one types.
    const lost = document.getElementById('components-reconnect-modal');
    lost?.addEventListener('components-reconnect-state-changed', event => {
        if (event.detail.state === 'show' && !lost.open) lost.showModal();
        else if (event.detail.state === 'hide' && lost.open) lost.close();
        else if (event.detail.state === 'rejected') location.reload();
    });
    document.getElementById('reconnect-reload')?.addEventListener('click', () => location.reload());
})();
