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
        const options = new URLSearchParams({ name: file.name });
        for (const option of form.querySelectorAll('[data-option]'))
            if (option.type !== 'checkbox' || option.checked) options.set(option.dataset.option, option.value);
        const request = new XMLHttpRequest();
        request.open('POST', `${form.getAttribute('action')}?${options}`);
        request.setRequestHeader('Content-Type', 'application/octet-stream');
        request.setRequestHeader('Accept', 'application/json');
        request.upload.onprogress = progress => { if (progress.lengthComputable) sent.value = progress.loaded / progress.total; };
        request.onloadend = () => {
            sent.hidden = true;
            if (request.status === 201) { location.reload(); return; }
            let detail = '';
            try { detail = JSON.parse(request.responseText).detail ?? ''; } catch { /* no words of the node */ }
            said.textContent = `${form.dataset.textFailed} ${detail}`;
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
            const numbers = new Intl.NumberFormat(document.documentElement.lang === 'ar' ? 'ar-u-nu-latn' : document.documentElement.lang);
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

    // The connection of a page that answers as one types.
    const lost = document.getElementById('components-reconnect-modal');
    lost?.addEventListener('components-reconnect-state-changed', event => {
        if (event.detail.state === 'show' && !lost.open) lost.showModal();
        else if (event.detail.state === 'hide' && lost.open) lost.close();
        else if (event.detail.state === 'rejected') location.reload();
    });
    document.getElementById('reconnect-reload')?.addEventListener('click', () => location.reload());
})();
